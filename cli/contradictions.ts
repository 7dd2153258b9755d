import { usageError } from '../harness/errors.js';
import { isModule } from '../harness/policies/policy.js';
import type { Given } from './argv.js';
import { type FlagName, flagNamed, type Options } from './options.js';
import { oneLine } from './values.js';

/** Seconds, so that there is something to see after it. */
export const shortestWithScenario = 1;

/** Refuse options that exclude each other, and options that would do nothing: a flag without effect misleads. */
export function refuseContradictions(options: Options, given: readonly Given[]): void {
  const shown = (flag: FlagName) => {
    const last = given.findLast((one) => one.flag === flag);
    if (last === undefined || flagNamed(flag).value === undefined) return last?.name;
    // The items of a list in a file are apart.
    const texts = given.filter((one) => one.flag === flag && one.name === last.name).map(({ text }) => text);
    return `${last.name} ${texts.join(',')}`;
  };
  for (const rule of rules) {
    const message = rule(options, shown);
    if (message !== undefined) throw usageError('contradiction', oneLine(message));
  }
}

/** What the rules know of the built-in workloads, which would be slow to import here; a test holds it against them. */
export const workloadsThat: Record<
  'speakHttp' | 'echo' | 'sendDatagrams' | 'haveRate' | 'burst',
  readonly string[]
> = {
  speakHttp: ['http', 'http-close', 'cpu'],
  echo: ['echo', 'longlived'],
  sendDatagrams: ['udp'],
  haveRate: ['longlived'],
  burst: ['burst'],
};

/** What the load will speak, as far as the options say; undefined where only the scout or a module of the user's can tell. */
export function protocolOf({
  app,
  workload = 'connect',
  protocol,
  driver,
}: Options): 'http' | 'tcp' | undefined {
  if (app === undefined && isModule(workload)) return undefined;
  if (app === undefined) return workloadsThat.speakHttp.includes(workload) ? 'http' : 'tcp';
  if (protocol !== undefined) return protocol;
  return driver === 'autocannon' ? 'http' : undefined;
}

/** A message when the options break the rule. `shown` is a flag and its value as given; undefined when it was not. */
type Rule = (options: Options, shown: Shown) => string | undefined;
type Shown = (flag: FlagName) => string | undefined;

/** The first of these flags that was given. */
function firstOf(shown: Shown, ...flags: FlagName[]): FlagName | undefined {
  return flags.find((flag) => shown(flag) !== undefined);
}

/** What autocannon cannot be trusted with, or does not do, and why. */
const notByAutocannon = {
  rate: "sends each second's requests in one burst and adds answers that never were",
  'requests-per-connection': 'counts no answers of connections that it does not keep',
  'disable-keepalive': 'counts no answers of connections that it does not keep',
  pipelining: 'times answers from when their batch was sent',
  threads: 'does not end in good order with several threads',
  'local-addresses': 'connects from the address that the kernel chooses',
  path: 'asks for one path',
  method: 'is used for plain GET only',
  header: 'is used for plain GET only',
  body: 'is used for plain GET only',
} as const satisfies Partial<Record<FlagName, string>>;

const rules: Rule[] = [
  function weightsOfWeighted({ policy = [], weights, workers }, shown) {
    const isWeighted = policy.includes('weighted');
    if (weights === undefined)
      return isWeighted
        ? `${shown('policy')}: weighted needs --weights, such as --weights 3,1,1,1`
        : undefined;
    if (!isWeighted)
      return `${shown('weights')}: only the policy weighted weighs; add it to --policy, or leave it out`;
    const other = workers?.find((count) => count !== weights.length);
    if (other === undefined) return undefined;
    return `${shown('weights')} and ${shown('workers')}: ${weights.length} weights are for ${weights.length} workers; give ${other}, or leave --workers out`;
  },

  function referenceInRun({ reference, policy = ['rr', 'shared'] }, shown) {
    if (reference === undefined || policy.includes(reference)) return undefined;
    return `${shown('reference')}: the run has no such policy; add it to --policy, or name one of ${policy.join(', ')}`;
  },

  function oneEnd({ requests, duration }, shown) {
    if (requests === undefined || duration === undefined) return undefined;
    return `${shown('requests')} and ${shown('duration')}: a trial ends by a count or by time; leave one of them out`;
  },

  function scenarioInTime({ scenario, requests, duration }, shown) {
    if (scenario === undefined) return undefined;
    if (requests !== undefined)
      return `${shown('scenario')} and ${shown('requests')}: a scenario happens at a time; use --duration`;
    return duration !== undefined && duration < shortestWithScenario
      ? `${shown('duration')}: ${shown('scenario')} needs a second at least, to see what comes after it`
      : undefined;
  },

  function appOrWorkload({ app, workload }, shown) {
    if (app === undefined || workload === undefined) return undefined;
    return `${shown('workload')} and the app ${app}: an app brings its own load; use --protocol`;
  },

  function argumentsForAnApp({ app, args }) {
    if (app !== undefined || args.length === 0) return undefined;
    return `-- ${args.join(' ')}: arguments are for an app, and none is named; write bench ./server.js -- ${args.join(' ')}`;
  },

  function protocolOfAnApp({ app, protocol }, shown) {
    if (app !== undefined || protocol === undefined) return undefined;
    const workload = protocol === 'http' ? 'http' : 'connect or echo';
    return `${shown('protocol')}: only an app has a protocol to choose; use --workload ${workload}`;
  },

  function driverSpeaks(options, shown) {
    const { app, driver, workload = 'connect', protocol } = options;
    if (driver !== 'autocannon' || (app !== undefined && protocol === undefined)) return undefined;
    const target = app === undefined ? workload : (shown('protocol') ?? '');
    return protocolOf(options) === 'tcp'
      ? `${shown('driver')}: autocannon speaks HTTP only; ${target} is driven raw`
      : undefined;
  },

  function keepAliveOfAutocannon({ driver, workload }, shown) {
    if (driver !== 'autocannon' || workload !== 'http-close') return undefined;
    return `${shown('driver')}: autocannon counts no answers of connections that it does not keep; http-close is driven raw`;
  },

  function onlyRaw(options, shown) {
    if (options.driver !== 'autocannon') return undefined;
    const found = (Object.keys(notByAutocannon) as (keyof typeof notByAutocannon)[]).find(
      (flag) => shown(flag) !== undefined && (flag !== 'path' || (options.path?.length ?? 0) > 1),
    );
    return found && `${shown(found)}: autocannon ${notByAutocannon[found]}; use --driver raw`;
  },

  function arrivalsOfAnOpenLoop({ rate, arrivals, workload = '' }, shown) {
    const mayHaveRate = workloadsThat.haveRate.includes(workload) || isModule(workload);
    if (arrivals === undefined || rate !== undefined || mayHaveRate) return undefined;
    return `${shown('arrivals')}: only an open loop has arrivals; say --rate, or leave it out`;
  },

  function keepAliveTwice({ 'requests-per-connection': requests, 'disable-keepalive': disabled }, shown) {
    if (!disabled || requests === undefined || requests === 1) return undefined;
    return `${shown('requests-per-connection')} and --disable-keepalive: one of them; the latter is one request per connection`;
  },

  function burstsAlone({ workload = '' }, shown) {
    if (!workloadsThat.burst.includes(workload)) return undefined;
    const flag = firstOf(shown, 'rate', 'threads');
    return (
      flag &&
      `${shown(flag)}: ${workload} opens all connections at one instant, from one thread; leave it out`
    );
  },

  function openedOnce({ workload = '' }, shown) {
    if (workload !== 'longlived') return undefined;
    const flag = firstOf(shown, 'requests-per-connection', 'disable-keepalive');
    return (
      flag && `${shown(flag)}: ${workload} opens its connections once; use --workload echo, or leave it out`
    );
  },

  function oneExchange(options, shown) {
    const { app, workload = 'connect' } = options;
    if (protocolOf(options) !== 'tcp' || (app === undefined && workloadsThat.echo.includes(workload)))
      return undefined;
    const flag = firstOf(shown, 'requests-per-connection', 'disable-keepalive', 'pipelining');
    const what = app === undefined ? workload : 'an app that speaks TCP';
    const has = workloadsThat.sendDatagrams.includes(what)
      ? 'has no connections, and one datagram under way on each socket'
      : 'has one exchange per connection';
    return flag && `${shown(flag)}: ${what} ${has}; leave it out`;
  },

  function requestOfHttp(options, shown) {
    if (protocolOf(options) !== 'tcp') return undefined;
    const flag = firstOf(shown, 'path', 'method', 'header', 'body');
    if (flag === undefined) return undefined;
    const [what, wayOut] =
      options.app === undefined
        ? [options.workload ?? 'connect', '--workload http']
        : [shown('protocol'), '--protocol http'];
    const noun = flag === 'path' ? 'asks for no path' : `has no ${flag}`;
    return `${shown(flag)}: ${what} ${noun}; use ${wayOut}, or leave it out`;
  },

  function certificatesOfAnApp({ app, workload = '', insecure, ca }, shown) {
    const flag = insecure ? 'insecure' : ca === undefined ? undefined : 'ca';
    if (flag === undefined || app !== undefined || isModule(workload)) return undefined;
    return `${shown(flag)}: only an app may speak TLS; name one, or leave it out`;
  },

  function payloadOfAnApp(options, shown) {
    if (options.payload === undefined) return undefined;
    if (options.app === undefined)
      return `${shown('payload')}: only an app is sent a payload; name one, or use --workload echo --payload-size`;
    if (protocolOf(options) !== 'http') return undefined;
    const http = shown('protocol') ?? shown('driver');
    return `${shown('payload')}: ${http} sends no payload; use --protocol tcp, or leave it out`;
  },

  function payloadSizeOfEcho({ app, workload = 'connect', 'payload-size': payloadSize }, shown) {
    const { echo, sendDatagrams } = workloadsThat;
    if (payloadSize === undefined || (app === undefined && (echo.includes(workload) || isModule(workload))))
      return undefined;
    if (app === undefined && sendDatagrams.includes(workload))
      return payloadSize > longestDatagram
        ? `${shown('payload-size')}: a datagram has at most ${longestDatagram} bytes`
        : undefined;
    const what = app === undefined ? workload : 'an app';
    return `${shown('payload-size')}: ${what} has no payload size; use --workload echo, or leave it out`;
  },
];

/** 65,535 less the headers of UDP and IPv4 (RFC 768, RFC 791). */
const longestDatagram = 65_507;
