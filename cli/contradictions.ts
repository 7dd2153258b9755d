import { usageError } from '../harness/errors.js';
import type { Given } from './argv.js';
import type { FlagName, Options } from './options.js';
import { oneLine } from './values.js';

/** Refuse options that exclude each other, and options that would do nothing: a flag without effect misleads. */
export function refuseContradictions(options: Options, given: readonly Given[]): void {
  const shown = (flag: FlagName) => {
    const last = given.findLast((one) => one.flag === flag);
    return last && `${last.name} ${last.text}`;
  };
  for (const rule of rules) {
    const message = rule(options, shown);
    if (message !== undefined) throw usageError('contradiction', oneLine(message));
  }
}

/** What the load will speak, as far as the options say; undefined where only the scout can tell. */
export function protocolOf({ app, workload, protocol, driver }: Options): 'http' | 'tcp' | undefined {
  if (app === undefined) return workload === 'http' ? 'http' : 'tcp';
  if (protocol !== undefined) return protocol;
  return driver && (driver === 'autocannon' ? 'http' : 'tcp');
}

/** A message when the options break the rule. `shown` is a flag and its value as given; undefined when it was not. */
type Rule = (options: Options, shown: (flag: FlagName) => string | undefined) => string | undefined;

const rules: Rule[] = [
  function oneEnd({ requests, duration }, shown) {
    if (requests === undefined || duration === undefined) return undefined;
    return `${shown('requests')} and ${shown('duration')}: a trial ends by a count or by time; leave one of them out`;
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
    if (driver === undefined || (app !== undefined && protocol === undefined)) return undefined;
    const target = app === undefined ? workload : (shown('protocol') ?? '');
    const speaks = protocolOf(options);
    if (driver === 'raw' && speaks === 'http')
      return `${shown('driver')}: raw speaks bare TCP only; ${target} is driven by autocannon`;
    if (driver === 'autocannon' && speaks === 'tcp')
      return `${shown('driver')}: autocannon speaks HTTP only; ${target} is driven raw`;
    return undefined;
  },

  function pathOfHttp(options, shown) {
    if (options.path === undefined || protocolOf(options) !== 'tcp') return undefined;
    const [what, wayOut] =
      options.app === undefined
        ? [options.workload ?? 'connect', '--workload http']
        : [shown('protocol') ?? shown('driver'), '--protocol http'];
    return `${shown('path')}: ${what} asks for no path; use ${wayOut}, or leave it out`;
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
    if (payloadSize === undefined || (app === undefined && workload === 'echo')) return undefined;
    const what = app === undefined ? workload : 'an app';
    return `${shown('payload-size')}: ${what} has no payload size; use --workload echo, or leave it out`;
  },
];
