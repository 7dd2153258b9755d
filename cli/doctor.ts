import { examine } from '../harness/doctor/examine.js';
import { exitCode } from '../harness/errors.js';
import { renderDoctor } from '../reports/render/doctor.js';
import { interruptibleWork } from './interruptible-work.js';
import type { DoctorOptions } from './options.js';
import { surroundings, toPlan } from './plan.js';
import { appearance, print } from './print.js';

/** `bench doctor`: what on this machine spoils a measurement, and how small a difference it can show. */
export async function doctorVerb(options: DoctorOptions): Promise<number> {
  const defaults = toPlan({ args: [] }, surroundings());
  return interruptibleWork(options, async ({ progress, signal }) => {
    const examination = await examine({ defaults, signal, note: (line) => progress.note(line) });
    progress.stop();
    const text = options.json
      ? `${JSON.stringify(examination, null, 2)}\n`
      : renderDoctor(examination, appearance(options));
    await print(process.stdout, text);
    return [exitCode.fine];
  });
}
