import { availableParallelism } from 'node:os';
import { examine } from '../harness/doctor/examine.js';
import { exitCode, strongestExitCode } from '../harness/errors.js';
import { renderDoctor } from '../reports/render/doctor.js';
import type { DoctorOptions } from './options.js';
import { toPlan } from './plan.js';
import { appearance, print } from './print.js';
import { createProgress } from './progress.js';
import { interruptible } from './signals.js';

/** `bench doctor`: what on this machine spoils a measurement, and how small a difference it can show. */
export async function doctorVerb(options: DoctorOptions): Promise<number> {
  const defaults = toPlan(
    { args: [] },
    { availableParallelism: availableParallelism(), randomSeed: 1, nodeVersion: process.versions.node },
  );
  const progress = createProgress({
    stream: process.stderr,
    enabled: options.quiet !== true,
    now: () => performance.now(),
  });
  const { signal, exitCodeOf, restore } = interruptible();
  try {
    const examination = await examine({ defaults, signal, note: (line) => progress.note(line) });
    progress.stop();
    if (signal.aborted) return strongestExitCode(exitCodeOf());
    const text = options.json
      ? `${JSON.stringify(examination, null, 2)}\n`
      : renderDoctor(examination, appearance(options));
    await print(process.stdout, text);
    return exitCode.fine;
  } catch (error) {
    progress.stop();
    if (signal.aborted) return strongestExitCode(exitCodeOf());
    throw error;
  } finally {
    restore();
  }
}
