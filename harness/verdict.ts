import { connectionClose } from './drivers/driver.js';
import type { Spell } from './drivers/recorder.js';
import type { Observation } from './quiet-point.js';
import type { TrialRecord } from './record.js';

/** What is judged. */
export type Measured = Pick<
  TrialRecord,
  'cell' | 'mechanism' | 'workers' | 'front' | 'client' | 'latency' | 'conservation' | 'measuredSeconds'
> & {
  /** The platform tells who owns which listening socket. */
  mechanismKnown: boolean;
  /** The primary ended by itself. */
  primaryExit?: { pid: number; code: number | null; signal: string | null };
  /** How many a scenario is to end; 0 unless it is said. */
  workersToEnd?: number;
  /** What the burst of a scenario came to. */
  burst?: TrialRecord['client'];
};

/** The window that the trial was measured in. */
export interface WindowEnds {
  before: Observation;
  after: Observation;
  spell: Spell;
}

type Reason = NonNullable<TrialRecord['error']>;

/** Why what was measured cannot be believed: the first reason, or undefined. Every one makes the trial invalid. */
export function invalidity(trial: Measured, window: WindowEnds): Reason | undefined {
  const judgements: [code: string, judge: (trial: Measured, window: WindowEnds) => string | undefined][] = [
    ['scheduler', failedScheduler],
    ['mechanism', anotherMechanism],
    ['worker-exit', workerEnded],
    ['server-exit', primaryEnded],
    ['proxy-exit', proxyEnded],
    ['worker-missing', emptySlot],
    ['workers-changed', moreWorkers],
    ['not-quiet', notQuiet],
    ['certificate', untrusted],
    ['conservation', lostConnections],
    ['attribution', misattributed],
    ['requests', lostRequests],
    ['not-keep-alive', closedConnections],
    ['interim-answers', interimAnswers],
    ['unasked-answers', unaskedAnswers],
    ['rate-missed', rateMissed],
    ['requests-unsent', unsentRequests],
    ['send-lag', lateSends],
    ['no-answer', noAnswer],
    ['mostly-failed', mostlyFailed],
  ];
  for (const [code, judge] of judgements) {
    const message = judge(trial, window);
    if (message !== undefined) return { code, message };
  }
  return undefined;
}

function failedScheduler(_: Measured, { after }: WindowEnds): string | undefined {
  const failed = after.view.primary?.events.find(({ type }) => type === 'scheduler-failed');
  return failed?.type === 'scheduler-failed'
    ? `the scheduler ${failed.name} failed: ${failed.what}. From then on every worker had its turn`
    : undefined;
}

function anotherMechanism({ cell, mechanism, mechanismKnown }: Measured): string | undefined {
  return mechanismKnown && mechanism.detected !== mechanism.expected
    ? `${cell.policy} promises ${mechanism.expected}, but the listening sockets show ${mechanism.detected}`
    : undefined;
}

function workerEnded({ workers, workersToEnd = 0 }: Measured): string | undefined {
  if (workersToEnd > 0) return undefined;
  const dead = workers.find(({ exit }) => exit !== undefined);
  return (
    dead?.exit &&
    `the worker in slot ${dead.slot} (PID ${dead.pid}) ended ${howEnded(dead.exit)} while it was measured`
  );
}

function primaryEnded({ primaryExit }: Measured): string | undefined {
  return (
    primaryExit && `the primary (PID ${primaryExit.pid}) ended ${howEnded(primaryExit)} while it was measured`
  );
}

/** nginx's master replaces a worker that died, and what that one had used is not known. */
function proxyEnded(_: Measured, { before, after }: WindowEnds): string | undefined {
  const left = before.proxy.find(({ pid }) => !after.proxy.some((process) => process.pid === pid));
  return left && `a process of the proxy (PID ${left.pid}) ended while it was measured`;
}

/** A worker that died in the warm-up and was not replaced would look like one that nobody gives connections to. */
function emptySlot({ cell }: Measured, { before }: WindowEnds): string | undefined {
  const filled = new Set(before.workers.filter(({ exit }) => exit === undefined).map(({ slot }) => slot));
  const slot = Array.from({ length: cell.workers }, (_, index) => index).find((index) => !filled.has(index));
  if (slot === undefined) return undefined;
  const exit = before.workers.findLast((worker) => worker.slot === slot)?.exit;
  return `slot ${slot} had no worker when the window opened${exit ? `: its worker ended ${howEnded(exit)} in the warm-up` : ''}`;
}

function moreWorkers({ cell, workers }: Measured): string | undefined {
  return workers.some(({ slot }) => slot >= cell.workers)
    ? `the app forked further workers beside its ${cell.workers} while it was measured`
    : undefined;
}

/** What belongs to the warm-up, or is still to come, would be counted in the window or missed. */
function notQuiet(_trial: Measured, { before, after }: WindowEnds): string | undefined {
  if (before.stillOpen > 0)
    return `${before.stillOpen} connections of the warm-up were still open when the window opened`;
  const primary = before.silentPrimary ?? after.silentPrimary;
  if (primary !== undefined)
    return `the primary (PID ${primary.pid}) was blocked: its probe did not report for ${primary.seconds.toFixed(1)} s`;
  const [silent] = [...before.silent, ...after.silent];
  return (
    silent &&
    `the worker in slot ${silent.slot} (PID ${silent.pid}) was blocked: its probe did not report for ${silent.seconds.toFixed(1)} s`
  );
}

/** OpenSSL's and Node's names for a certificate that does not verify. */
const certificateErrors = /CERT|^UNABLE_TO_/;

function untrusted({ client: { errors, requestsSent } }: Measured): string | undefined {
  const code = Object.keys(errors).find((each) => certificateErrors.test(each));
  return code !== undefined && requestsSent === 0
    ? `the app's certificate is not trusted (${code}). Name what it is signed with (--ca), or take any (--insecure)`
    : undefined;
}

function lostConnections({ conservation }: Measured): string | undefined {
  return conservation.holds
    ? undefined
    : `the client ${conservation.of === 'connections' ? 'opened' : 'sent'} ${conservation.opened} ${conservation.of} and the workers counted ${conservation.attributed}`;
}

/** Where answers bear a PID, each worker must have accepted what the client heard from it. */
function misattributed({ workers, client, burst }: Measured, { spell }: WindowEnds): string | undefined {
  // What one that was killed had taken since its last flush is not known.
  const mayMiss = workers.filter(({ exit }) => exit !== undefined).map(({ pid }) => String(pid));
  const accepted = new Map(workers.map(({ pid, connections }) => [String(pid), connections]));
  const wrong = Object.entries(spell.answeredBy).find(
    ([pid, answers]) =>
      !mayMiss.includes(pid) &&
      (answers > (accepted.get(pid) ?? 0) ||
        (client.requestsFailed === 0 && burst === undefined && answers !== accepted.get(pid))),
  );
  return wrong === undefined
    ? undefined
    : `PID ${wrong[0]} answered ${wrong[1]} connections and its probe counted ${accepted.get(wrong[0]) ?? 0}`;
}

/** Where the probes see requests, they see every one that was answered and none that was not sent. */
function lostRequests({ workers, workersToEnd = 0, client, burst }: Measured): string | undefined {
  const seen = workers.reduce((sum, { requests }) => sum + requests, 0);
  const completed = client.requestsCompleted + (burst?.requestsCompleted ?? 0);
  const sent = client.requestsSent + (burst?.requestsSent ?? 0);
  return seen === 0 || ((seen >= completed || workersToEnd > 0) && seen <= sent)
    ? undefined
    : `the client sent ${client.requestsSent} requests, had ${client.requestsCompleted} answered, and the workers counted ${seen}`;
}

function closedConnections({ client }: Measured): string | undefined {
  return (client.errors[connectionClose] ?? 0) > 0
    ? 'the app closes connections after its answers, and autocannon cannot be trusted with that; use --driver raw'
    : undefined;
}

function interimAnswers({ cell, client }: Measured): string | undefined {
  return cell.driver === 'autocannon' && Object.keys(client.status).some((status) => Number(status) < 200)
    ? 'the app sends interim answers (1xx), which autocannon takes for final ones; use --driver raw'
    : undefined;
}

function unaskedAnswers({ client: { errors } }: Measured): string | undefined {
  return errors.UNASKED_ANSWER === undefined
    ? undefined
    : `${errors.UNASKED_ANSWER} answers came that nobody had asked for, so others may be answers to another request`;
}

/** Less than this share of what was due, and it was another rate that was measured. */
const achievedAtLeast = 0.99;
/** µs. */
const longestSendLag = 10_000;

function rateMissed({ cell, client }: Measured): string | undefined {
  const { achieved = 1, scheduled = 0 } = client;
  // One that waits is more than 1 % of a few, and still no rate.
  const waiting = Math.round((1 - achieved) * (scheduled - 1));
  return waiting > 1 && achieved < achievedAtLeast
    ? `the rate of ${cell.rate}/s was out of reach: at best ${(achieved * 100).toFixed(1)} % of what was due had been sent. Ask for less, or for more --connections`
    : undefined;
}

function unsentRequests({ client }: Measured): string | undefined {
  const { unsent = 0, scheduled } = client;
  return unsent > 0 ? `${unsent} of the ${scheduled} requests that were due could not be sent` : undefined;
}

/** The client itself was late, which is no fault of the server's. */
function lateSends({ client: { sendLag, sendLagQuartersMs } }: Measured): string | undefined {
  if (sendLag === undefined || sendLag.count === 0) return undefined;
  if (sendLag.p99 > longestSendLag)
    return `the client was late: 1 % of its requests were handled ${(sendLag.p99 / 1000).toFixed(1)} ms or more after they were due`;
  const [first = 0, second = 0, third = 0, fourth = 0] = sendLagQuartersMs ?? [];
  const isGrowing = fourth > 1 && first < second && second < third && third < fourth && fourth > 4 * first;
  return isGrowing
    ? `the client fell behind: its requests were handled ${first.toFixed(2)} ms late in the first quarter and ${fourth.toFixed(2)} ms in the last`
    : undefined;
}

function noAnswer({ client }: Measured): string | undefined {
  return client.completedByDeadline === 0
    ? `no request was answered in time${errorList(client.errors)}`
    : undefined;
}

/** Where something is done to the server, that may be just what comes of it. */
function mostlyFailed({ client, burst }: Measured): string | undefined {
  return burst === undefined && client.requestsFailed > client.requestsCompleted
    ? `${client.requestsFailed} requests failed and ${client.requestsCompleted} were answered well${errorList(client.errors)}`
    : undefined;
}

function howEnded({ code, signal }: { code: number | null; signal: string | null }): string {
  return `with ${signal ?? `exit code ${code}`}`;
}

function errorList(errors: Record<string, number>): string {
  const list = Object.entries(errors).map(([code, times]) => `${code} × ${times}`);
  return list.length === 0 ? '' : ` (${list.join(', ')})`;
}
