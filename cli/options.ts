import { duration } from './duration.js';
import { header, localAddresses } from './load-values.js';
import { each, listOf, matching, oneOf, positiveNumber, text, wholeNumber } from './values.js';

/** What may be named on the command line, with a summary for help. */
export interface Choice {
  name: string;
  summary: string;
}

/** Passed in, so that help needs to import no policy and no workload. */
export interface Known {
  policies: readonly Choice[];
  workloads: readonly Choice[];
}

export type Group = 'What to compare' | 'Load' | 'Trials' | 'App' | 'Output' | 'Other';

export interface Flag<T = unknown> {
  group: Group;
  alias?: string;
  description: string;
  /** For help: what happens without it. */
  default?: string;
  /** What help calls its value. A flag without one is a switch. */
  value?: string;
  /** May be repeated; the values add up. */
  list?: true;
  /** A switch that is on unless `--no-…` is given. */
  negated?: true;
  choices?: (known: Known) => readonly string[];
  parse?: (text: string, name: string, known: Known) => T;
}

const namesOf = (choices: readonly Choice[]) => choices.map(({ name }) => name);
const arrivals = ['constant', 'poisson'] as const;
const cpuList = matching(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, 'CPUs as taskset takes them, such as 0 or 0-3,6');
const positive = (expected = 'a whole number from 1') => wholeNumber({ min: 1 }, expected);

/** SCHED_NONE is what Node's docs call `shared`. */
const policyAliases = { none: 'shared' };
const protocols = ['http', 'tcp'] as const;
const drivers = ['autocannon', 'raw'] as const;
const listOfWorkers = 'whole numbers from 1, such as 2,4,8';

/** Every flag, once. Keys are the long names. */
export const flags = {
  policy: {
    group: 'What to compare',
    alias: 'p',
    value: 'list',
    default: 'rr,shared',
    description: 'how connections reach the workers',
    list: true,
    choices: ({ policies }) => namesOf(policies),
    parse: (value, name, { policies }) => listOf(oneOf(namesOf(policies), policyAliases))(value, name),
  },
  workers: {
    group: 'What to compare',
    alias: 'w',
    value: 'list',
    default: 'one per available CPU',
    description: 'numbers of workers',
    list: true,
    parse: listOf(positive(listOfWorkers), listOfWorkers),
  },
  node: {
    group: 'What to compare',
    value: 'list',
    default: 'the Node that runs bench',
    description: 'Nodes for the servers: versions (24, 22.12.0) or paths; installed on demand',
    list: true,
    parse: listOf(text('versions or paths of Node, such as 20,24')),
  },
  workload: {
    group: 'Load',
    alias: 'l',
    value: 'name',
    default: 'connect',
    description: 'built-in app and the way it is driven',
    choices: ({ workloads }) => namesOf(workloads),
    parse: (value, name, { workloads }) => oneOf(namesOf(workloads))(value, name),
  },
  connections: {
    group: 'Load',
    alias: 'c',
    value: 'count',
    default: '50',
    description: 'how many are open at a time',
    parse: positive(),
  },
  duration: {
    group: 'Load',
    alias: 'd',
    value: 'time',
    default: '2s',
    description: 'how long to measure: 500ms, 2s, 2m; a bare number is seconds',
    parse: duration(),
  },
  requests: {
    group: 'Load',
    alias: 'n',
    value: 'count',
    description: 'how much to measure, instead of a duration; connections for connect',
    parse: positive(),
  },
  'payload-size': {
    group: 'Load',
    value: 'bytes',
    default: '64',
    description: 'size of a message of echo',
    parse: wholeNumber({ min: 1, max: 2 ** 24 }, 'a whole number of bytes from 1 to 16777216'),
  },
  path: {
    group: 'Load',
    value: 'path',
    default: '/',
    description: 'what HTTP asks for; several are asked for in turns',
    list: true,
    parse: each(matching(/^\/[\x21-\x7e]*$/, 'a path that begins with / and has no spaces, such as /health')),
  },
  method: {
    group: 'Load',
    value: 'name',
    default: 'GET',
    description: 'of HTTP requests',
    parse: matching(
      /^(?!CONNECT$)[A-Z][A-Z-]{0,30}$/,
      'a method in capital letters other than CONNECT, such as POST',
    ),
  },
  header: {
    group: 'Load',
    alias: 'H',
    value: 'line',
    description: 'of HTTP requests, such as "accept: text/html"; may be repeated',
    list: true,
    parse: each(header),
  },
  body: {
    group: 'Load',
    value: 'file',
    description: 'of HTTP requests',
    parse: text('a file, such as order.json'),
  },
  rate: {
    group: 'Load',
    alias: 'R',
    value: 'count',
    description: 'open loop: so many requests a second in all, whether the server keeps up or not',
    parse: positiveNumber('a number of requests per second above 0, such as 5000'),
  },
  arrivals: {
    group: 'Load',
    value: 'name',
    default: 'constant',
    description: 'of an open loop: constant, evenly apart; or poisson',
    choices: () => arrivals,
    parse: oneOf(arrivals),
  },
  'requests-per-connection': {
    group: 'Load',
    value: 'count',
    default: 'no limit',
    description: 'then it is closed and another one opened',
    parse: positive(),
  },
  'disable-keepalive': {
    group: 'Load',
    description: 'the same as --requests-per-connection 1',
  },
  pipelining: {
    group: 'Load',
    value: 'count',
    default: '1',
    description: 'requests that are outstanding on a connection at a time',
    parse: wholeNumber({ min: 1, max: 1000 }, 'a whole number from 1 to 1000'),
  },
  threads: {
    group: 'Load',
    alias: 't',
    value: 'count',
    default: '1',
    description: 'of the client',
    parse: wholeNumber({ min: 1, max: 256 }, 'a whole number from 1 to 256'),
  },
  'client-cpus': {
    group: 'Load',
    value: 'list',
    default: 'all',
    description: 'CPUs that the client may use, such as 0 or 0-3,6',
    parse: cpuList,
  },
  'server-cpus': {
    group: 'Load',
    value: 'list',
    default: 'all',
    description: 'CPUs that the servers may use',
    parse: cpuList,
  },
  'local-addresses': {
    group: 'Load',
    value: 'list',
    default: "the kernel's choice",
    description: 'where connections come from, in turns, such as 127.0.0.2-9',
    list: true,
    parse: localAddresses,
  },
  runs: {
    group: 'Trials',
    alias: 'r',
    value: 'count',
    default: '6',
    description: 'trials per cell',
    parse: positive(),
  },
  warmup: {
    group: 'Trials',
    value: 'time',
    default: '500ms',
    description: 'load before measuring; 0 for none',
    parse: duration({ orNone: true }),
  },
  timeout: {
    group: 'Trials',
    value: 'time',
    default: '10s',
    description: 'how long a server may take to be ready, or an answer to come',
    parse: duration(),
  },
  seed: {
    group: 'Trials',
    value: 'number',
    default: 'random',
    description: 'of the order of trials',
    parse: wholeNumber({ min: 0, max: 2 ** 32 - 1 }, 'a whole number from 0 to 4294967295'),
  },
  protocol: {
    group: 'App',
    value: 'name',
    default: 'found out',
    description: 'what the app speaks: http or tcp',
    choices: () => protocols,
    parse: oneOf(protocols),
  },
  driver: {
    group: 'App',
    value: 'name',
    default: 'by protocol',
    description: 'what generates load: autocannon (HTTP, plain) or raw (all)',
    choices: () => drivers,
    parse: oneOf(drivers),
  },
  payload: {
    group: 'App',
    value: 'text',
    default: 'none',
    description: 'sent on each connection to an app that speaks TCP',
    parse: text('the text to send; write --payload=-x where it begins with a dash'),
  },
  insecure: { group: 'App', description: 'take any certificate of an app that speaks TLS' },
  ca: {
    group: 'App',
    value: 'file',
    default: 'those that Node knows',
    description: 'certificates (PEM) to trust in an app that speaks TLS',
    parse: text('a file of certificates, such as ca.pem'),
  },
  host: {
    group: 'App',
    value: 'host',
    default: "the app's own",
    description: 'where to listen',
    parse: matching(/^[^\s/]+$/, 'a host name or an address, such as 127.0.0.1'),
  },
  port: {
    group: 'App',
    value: 'number',
    default: "the app's own",
    description: 'where to listen; 0 for a free port',
    parse: wholeNumber({ min: 0, max: 65_535 }, 'a whole number from 0 to 65535; 0 takes a free port'),
  },
  output: {
    group: 'Output',
    alias: 'o',
    value: 'file',
    default: 'bench-results/<time>.json',
    description: 'where the record goes',
    parse: text('a file, such as main.json'),
  },
  json: { group: 'Output', description: 'the record on stdout, and nothing else there' },
  quiet: { group: 'Output', description: 'no progress and no notes on stderr' },
  color: {
    group: 'Output',
    negated: true,
    description: 'plain text; so does NO_COLOR, or a pipe',
  },
  config: {
    group: 'Other',
    value: 'file',
    description: 'JSON with the same names, and app and args; flags win over it',
    parse: text('a JSON file, such as bench.json'),
  },
  help: { group: 'Other', alias: 'h', description: 'show this' },
  version: { group: 'Other', alias: 'V', description: 'show the version of bench' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

type ValueOf<F> = F extends { parse: (...args: never[]) => infer T } ? T : boolean;

/** What `bench run` was told; what it was not told is absent, and {@link toPlan} in plan.ts has the defaults. */
export type Options = {
  -readonly [Name in Exclude<FlagName, 'config' | 'help' | 'version'>]?: ValueOf<(typeof flags)[Name]>;
} & {
  app?: string;
  /** For the app: what followed `--`. */
  args: string[];
};

export type ReportOptions = Pick<Options, 'json' | 'color'>;

/** The flags that `bench report` takes. */
export const reportFlags: readonly FlagName[] = ['json', 'color'];

export const flagNames = Object.keys(flags) as FlagName[];

/** A flag with its common type. */
export function flagNamed(name: FlagName): Flag {
  return flags[name];
}

export function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(flags, name);
}
