import { queuesOf } from './attribution.js';
import { foreignShare, noisyAbove } from './machine-load.js';
import { dropped, type Observation } from './quiet-point.js';
import type { Warning } from './record.js';
import type { Measured } from './verdict.js';

/** A process that works for less of its time does not compete for a core. */
const busyAbove = 0.1;

/** µs. A closed loop does not send while it waits, so a stall hits one request per connection and no more. */
const stallAbove = 100_000;
const stallTimesP99 = 5;
/** µs. */
const lagAbove = 1000;
/** ms; such a pause of the client is part of every answer that came in it. */
const pauseAbove = 10;

/** How the trial went, beside what it measured. */
export interface Rig {
  before: Observation;
  after: Observation;
  /** What the whole machine did while the client was driving. */
  machine: { cpuSeconds: number; wallSeconds: number };
  /** What bench may use. */
  cores: number;
  /** What the machine has. */
  processors: number;
  platform: string;
}

/** What the reader of the numbers must know, as data. The words are the report's. */
export function warningsOf(
  trial: Measured,
  { before, after, machine, cores, processors, platform }: Rig,
): Warning[] {
  const { cell, client, conservation, workers, front } = trial;
  const { response } = trial.latency;
  const { sendLag, gc } = client;
  const turnedAway = dropped(after) - dropped(before);
  const cut = queuesOf(before, after).reduce((sum, queue) => sum + queue.dropped, 0);
  const servers = [...workers, ...front].filter(
    ({ eventLoopUtilization = 0 }) => eventLoopUtilization > busyAbove,
  );
  const processes = servers.length + 1; // And the client.
  const ownCpuSeconds = [...workers, ...front, client].reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  const share = foreignShare({ ...machine, ownCpuSeconds }, processors);
  const when = (holds: boolean, warning: Warning): Warning[] => (holds ? [warning] : []);
  return [
    ...when(client.saturated, {
      code: 'client-saturated',
      eventLoopUtilization: client.eventLoopUtilization,
    }),
    ...when(processes > cores, { code: 'cpu-contention', processes, cores }),
    ...when(share > noisyAbove, { code: 'noisy-machine', share }),
    ...when((sendLag?.p99 ?? 0) > lagAbove, { code: 'send-lag', p99Ms: (sendLag?.p99 ?? 0) / 1000 }),
    ...when((gc?.longestMs ?? 0) > pauseAbove, { code: 'client-gc', longestMs: gc?.longestMs }),
    ...when(
      cell.loop === 'closed' &&
        response !== undefined &&
        response.max > Math.max(stallAbove, stallTimesP99 * response.p99),
      { code: 'stall-hidden', longestMs: (response?.max ?? 0) / 1000, p99Ms: (response?.p99 ?? 0) / 1000 },
    ),
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
      of: conservation.of,
    }),
    ...when(!trial.mechanismKnown, { code: 'mechanism-unknown', platform }),
    ...when(before.stillOpen > 0, { code: 'still-open', connections: before.stillOpen }),
    ...when(after.stillOpen > 0, { code: 'still-open', connections: after.stillOpen }),
    ...when(turnedAway > 0, { code: 'dropped', connections: turnedAway }),
    ...when(cut > 0, { code: 'queue-full', connections: cut }),
    ...stayed(trial),
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

/** Workers that were to leave and did not within the window: those of some servers cannot be told to. */
function stayed({ cell, workers, measuredSeconds, workersToEnd = 0 }: Measured): Warning[] {
  const left = new Set(
    workers.flatMap(({ slot, exit }) => (exit && exit.atSeconds <= measuredSeconds ? [slot] : [])),
  ).size;
  return left < workersToEnd
    ? [{ code: 'workers-stayed', scenario: cell.scenario, asked: workersToEnd, left }]
    : [];
}
