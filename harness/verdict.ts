import { connectionClose } from './drivers/driver.js';
import type { Spell } from './drivers/recorder.js';
import { foreignShare, noisyAbove } from './machine-load.js';
import { type Observation, total } from './quiet-point.js';
import type { TrialRecord, Warning } from './record.js';

type Measured = Pick<TrialRecord, 'cell' | 'mechanism' | 'workers' | 'front' | 'client' | 'conservation'> & {
  /** The platform tells who owns which listening socket. */
  mechanismKnown: boolean;
  /** The primary ended by itself. */
  primaryExit?: { pid: number; code: number | null; signal: string | null };
};

/** Why what was measured cannot be believed: the first reason, or undefined. Every one makes the trial invalid. */
export function invalidity(trial: Measured, spell: Spell): TrialRecord['error'] {
  return reasons(trial, spell).find((reason) => reason !== undefined);
}

function reasons(trial: Measured, spell: Spell): (TrialRecord['error'] | undefined)[] {
  const { mechanism, conservation, client, workers, primaryExit } = trial;
  const dead = workers.find(({ exit }) => exit !== undefined);
  const misled = misattributed(trial, spell);
  return [
    mechanism.detected !== mechanism.expected && trial.mechanismKnown
      ? {
          code: 'mechanism',
          message: `${trial.cell.policy} promises ${mechanism.expected}, but the listening sockets show ${mechanism.detected}`,
        }
      : undefined,
    dead === undefined
      ? undefined
      : {
          code: 'worker-exit',
          message: `the worker in slot ${dead.slot} (PID ${dead.pid}) ended with ${dead.exit?.signal ?? `exit code ${dead.exit?.code}`} while it was measured`,
        },
    primaryExit === undefined
      ? undefined
      : {
          code: 'server-exit',
          message: `the primary (PID ${primaryExit.pid}) ended with ${primaryExit.signal ?? `exit code ${primaryExit.code}`} while it was measured`,
        },
    conservation.holds
      ? undefined
      : {
          code: 'conservation',
          message: `the client opened ${conservation.opened} connections and the workers counted ${conservation.attributed}`,
        },
    misled === undefined ? undefined : { code: 'attribution', message: misled },
    (client.errors[connectionClose] ?? 0) > 0
      ? {
          code: 'not-keep-alive',
          message: 'the app closes connections after its answers, and autocannon cannot be trusted with that',
        }
      : undefined,
    client.completedByDeadline === 0
      ? { code: 'no-answer', message: `no request was answered in time${errorList(client.errors)}` }
      : undefined,
  ];
}

/** Where answers bear a PID, each worker must have accepted what the client heard from it. */
function misattributed({ workers, client }: Measured, { answeredBy }: Spell): string | undefined {
  const accepted = new Map(workers.map(({ pid, connections }) => [String(pid), connections]));
  const wrong = Object.entries(answeredBy).find(
    ([pid, answers]) =>
      answers > (accepted.get(pid) ?? 0) || (client.requestsFailed === 0 && answers !== accepted.get(pid)),
  );
  return wrong === undefined
    ? undefined
    : `PID ${wrong[0]} answered ${wrong[1]} connections and its probe counted ${accepted.get(wrong[0]) ?? 0}`;
}

/** How the trial went, beside what it measured. */
export interface Rig {
  before: Observation;
  after: Observation;
  /** What the whole machine did while the client was driving. */
  machine: { cpuSeconds: number; wallSeconds: number };
  cores: number;
  platform: string;
}

/** What the reader of the numbers must know, as data. The words are the report's. */
export function warningsOf(trial: Measured, { before, after, machine, cores, platform }: Rig): Warning[] {
  const { client, conservation, workers, front } = trial;
  const dropped = after.workers.reduce((sum, worker) => sum + total(worker, 'dropped'), 0);
  const droppedBefore = before.workers.reduce((sum, worker) => sum + total(worker, 'dropped'), 0);
  const processes = workers.filter(({ exit }) => exit === undefined).length + front.length + 1;
  const ownCpuSeconds = [...workers, ...front, client].reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  const share = foreignShare({ ...machine, ownCpuSeconds }, cores);
  const when = (holds: boolean, warning: Warning): Warning[] => (holds ? [warning] : []);
  return [
    ...when(client.saturated, {
      code: 'client-saturated',
      eventLoopUtilization: client.eventLoopUtilization,
    }),
    ...when(processes > cores, { code: 'cpu-contention', processes, cores }),
    ...when(share > noisyAbove, { code: 'noisy-machine', share }),
    ...when(client.requestsFailed > 0, {
      code: 'requests-failed',
      failed: client.requestsFailed,
      completed: client.requestsCompleted,
      errors: client.errors,
    }),
    ...when(client.attempted > client.opened, {
      code: 'connects-failed',
      failed: client.attempted - client.opened,
      opened: client.opened,
      errors: client.errors,
    }),
    ...when(!conservation.holds, {
      code: 'unattributed',
      unattributed: conservation.unattributed,
      opened: conservation.opened,
    }),
    ...when(!trial.mechanismKnown, { code: 'mechanism-unknown', platform }),
    ...when(before.stillOpen > 0, { code: 'still-open', connections: before.stillOpen }),
    ...when(after.stillOpen > 0, { code: 'still-open', connections: after.stillOpen }),
    ...when(dropped > droppedBefore, { code: 'dropped', connections: dropped - droppedBefore }),
    ...after.silent.map((silent) => ({ code: 'probe-silent', ...silent })),
    ...workers.flatMap(({ slot, pid, exit }) =>
      exit === undefined
        ? []
        : [
            {
              code: 'worker-exit',
              slot,
              pid,
              exitCode: exit.code,
              signal: exit.signal,
              atSeconds: exit.atSeconds,
            },
          ],
    ),
  ];
}

function errorList(errors: Record<string, number>): string {
  const list = Object.entries(errors).map(([code, times]) => `${code} × ${times}`);
  return list.length === 0 ? '' : ` (${list.join(', ')})`;
}
