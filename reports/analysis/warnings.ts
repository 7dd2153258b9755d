import type { Warning } from '../../harness/record.js';
import { withThousands } from '../thousands.js';

/**
 * A warning in sentences: what was seen, what it means for the numbers, what to do. The one place where warnings are
 * worded. A code of a newer version prints as its name and data.
 */
export function describeWarning(warning: Warning): string {
  return (own(wording, warning.code) ?? unknownCode)(warning);
}

/** How bad a warning is among those of its code, to show the worst. */
export function severity(warning: Warning): number {
  const figure = warning[own(severityField, warning.code) ?? ''];
  const first = Array.isArray(figure) ? figure[0] : figure;
  return typeof first === 'number' ? Math.abs(first) : 0;
}

const severityField: Record<string, string> = {
  'client-saturated': 'eventLoopUtilization',
  'cpu-contention': 'processes',
  'requests-failed': 'failed',
  unattributed: 'unattributed',
  'still-open': 'connections',
  dropped: 'connections',
  'queue-full': 'connections',
  'noisy-machine': 'share',
  'probe-silent': 'seconds',
  'connects-failed': 'failed',
  'send-lag': 'p99Ms',
  'client-gc': 'longestMs',
  'stall-hidden': 'longestMs',
  'outlier-trial': 'modifiedZ',
};

const wording: Record<string, (data: Warning) => string> = {
  'client-saturated': (data) =>
    `The client was busy ${percent(data.eventLoopUtilization)} of the time: throughput is what the client could do, ` +
    'a lower bound for the server, and latency includes waiting in the client. Use fewer connections, or a machine ' +
    'with more cores.',
  'cpu-contention': (data) =>
    `${count(data.processes)} busy processes shared ${plural(data.cores, 'core')}, so they took CPU time from each ` +
    'other: compare the policies with each other, do not take the figures as what the servers can do. Use fewer ' +
    'workers, or a machine with more cores.',
  'requests-failed': (data) =>
    `${plural(data.failed, 'request')} failed${tally(data.errors)}, beside ${count(data.completed)} that completed: ` +
    'throughput and latency tell only of those that completed. Look at the app’s errors first.',
  unattributed: (data) =>
    number(data.unattributed) < 0
      ? `The workers counted ${count(-number(data.unattributed))} more connections than the ${count(data.opened)} ` +
        'that the client opened: something else connected to the server. Keep other clients away from its port.'
      : `${count(data.unattributed)} of ${plural(data.opened, data.of === 'datagrams' ? 'datagram' : 'connection')} could not be attributed to a worker: ` +
        'every share may be off by that many.',
  'send-lag': (data) =>
    `The client handled 1 % of its requests ${milliseconds(data.p99Ms)} or more after they were due: response times ` +
    'are that much too long. Warm up for longer (--warmup 2s), while V8 compiles; give the client a CPU of its own ' +
    '(--client-cpus), or more --threads.',
  'client-gc': (data) =>
    `The client stood still for ${milliseconds(data.longestMs)} to collect garbage: answers that came in that time ` +
    'seem that much later than they were.',
  'stall-hidden': (data) =>
    `A request took ${milliseconds(data.longestMs)}, far beyond the p99 of ${milliseconds(data.p99Ms)}: a closed loop ` +
    'sends nothing while it waits, so the percentiles hardly show such a stall. Use --rate to see what it does to ' +
    'requests that do not wait.',
  'mechanism-unknown': (data) =>
    `bench cannot see who owns the listening sockets on ${text(data.platform)}, so it is not proven that the policy ` +
    'was in force. Run on Linux or macOS for the proof.',
  'workers-differ': (data) =>
    `The app forked ${plural(data.forked, 'worker')} where ${count(data.asked)} were asked for: fairness is ` +
    `reckoned over ${count(data.forked)}. Let the app take its number from os.availableParallelism() or ` +
    'WEB_CONCURRENCY to change it.',
  'still-open': (data) =>
    `${plural(data.connections, 'connection')} stayed open beyond the drain and had to be cut: requests in flight ` +
    'on them are missing from latency. See whether the app closes its connections.',
  'worker-exit': (data) =>
    `The worker in slot ${count(data.slot)} (PID ${text(data.pid)}) ${exitCause(data)}` +
    `${data.atSeconds === undefined ? '' : ` after ${seconds(data.atSeconds)}`}: ` +
    'the shares are those of what was left, and what it had in flight is lost.',
  dropped: (data) =>
    `The servers dropped ${plural(data.connections, 'connection')} at their maxConnections: these count for no ` +
    'worker. Raise maxConnections or use fewer connections.',
  'queue-full': (data) =>
    `The primary closed ${plural(data.connections, 'connection')} because too many waited for its workers: these ` +
    'count for none. Use fewer connections, or more workers.',
  'workers-stayed': (data) =>
    `Of ${plural(data.asked, 'worker')} that ${text(data.scenario)} was to end, ${count(data.left)} had ended when the ` +
    'window was over, so the figures say less of it. Use a longer --duration; a server that listens with reusePort ' +
    'stays whatever its cluster is told.',
  'noisy-machine': (data) =>
    `Other programs took ${percent(data.share)} of the machine's CPU while it was measured. Expect wider intervals; ` +
    'stop them and run again.',
  'probe-silent': (data) =>
    `The probe in slot ${count(data.slot)} (PID ${text(data.pid)}) reported nothing for ${seconds(data.seconds)}: ` +
    'that worker was blocked, and what it did in that time may be missing or late in the timeline.',
  'connects-failed': (data) =>
    `${plural(data.failed, 'connection attempt')} failed${tally(data.errors)}, beside ${count(data.opened)} that ` +
    'succeeded: the load was lower than it was meant to be. EADDRNOTAVAIL means that the client ran out of ports, ' +
    'or that --local-addresses are not of this machine.',
  'other-listeners': (data) =>
    `The app also listens on ${list(data.addresses)}: only what arrived at the measured address is counted.`,
  'few-connections': (data) =>
    `Only about ${decimal(data.expected)} connections per worker: so few fall unevenly by chance alone, and only a ` +
    'large skew can be told from it. Use more connections, or --workload connect.',
  'low-runs': (data) =>
    `Only ${plural(data.validTrials, 'valid trial')}: an interval around the median takes 6, so a difference ` +
    'between policies may be noise. Use more --runs.',
  'outlier-trial': (data) =>
    `Trial ${count(data.run)} stands apart: its ${metric(data.metric)} is ${times(data.ratio)} the median of its cell. It ` +
    'stays in every figure; the medians hardly feel it. See what else the machine did then, or use more --runs.',
  'slow-first-trial': (data) =>
    `The first trial is slower than the others let expect: its ${metric(data.metric)} is ${times(data.ratio)} theirs. ` +
    'Machine or server was not warm: use a longer --warmup, or run something before.',
  drift: (data) =>
    `The ${metric(data.metric)} ${number(data.ratio) > 1 ? 'rose' : 'fell'} from trial to trial, in all to ` +
    `${times(data.ratio)} what it was: the machine changed while it was measured (heat, neighbours). Policies of this ` +
    'run can be compared, since they took turns; other runs cannot. Let the machine settle and run again.',
  bimodal: (data) =>
    `The ${metric(data.metric)} has two modes: ${group(data.low, data.metric)}, ${group(data.high, data.metric)}. ` +
    'A launch falls into one of two states, and the median tells of one of them or of neither. See where the ' +
    'processes run: pin them with --server-cpus and --client-cpus.',
};

/** A code may be any word, `constructor` too. */
function own<T>(table: Record<string, T>, code: string): T | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

function unknownCode({ code, ...data }: Warning): string {
  const details = Object.entries(data).map(([name, value]) => `${name} ${list(value)}`);
  return `${code}${details.length > 0 ? ` (${details.join(', ')})` : ''}: this version of bench has no words for it.`;
}

function exitCause(data: Warning): string {
  if (typeof data.signal === 'string') return `was killed by ${data.signal}`;
  return typeof data.exitCode === 'number' ? `exited with code ${data.exitCode}` : 'went away';
}

const metric = (value: unknown) => (value === 'p99' ? 'p99 of latency' : text(value));

function group(value: unknown, of: unknown): string {
  const { trials, value: about } = (typeof value === 'object' && value !== null ? value : {}) as Warning;
  return `${plural(trials, 'trial')} near ${of === 'p99' ? milliseconds(number(about) / 1e3) : `${count(about)}/s`}`;
}

function tally(errors: unknown): string {
  if (typeof errors !== 'object' || errors === null) return '';
  const entries = Object.entries(errors).filter(([, times]) => times !== 0);
  return entries.length === 0
    ? ''
    : ` (${entries.map(([code, times]) => `${code} ${count(times)}`).join(', ')})`;
}

function list(value: unknown): string {
  if (Array.isArray(value)) return value.map(list).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : text(value);
}

const number = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);
const text = (value: unknown): string => (value === undefined || value === null ? 'unknown' : String(value));

function format(value: unknown, mostDecimals: number): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return '?';
  return withThousands(value, mostDecimals);
}

const count = (value: unknown) => format(value, 0);
const decimal = (value: unknown) => format(value, 1);
const percent = (value: unknown) => `${format(number(value) * 100, 0)} %`;
const times = (value: unknown) => `${format(value, 2)} ×`;
const seconds = (value: unknown) => `${format(value, 2)} s`;
const milliseconds = (value: unknown) => `${format(value, 1)} ms`;
const plural = (value: unknown, noun: string) => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
