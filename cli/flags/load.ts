import { httpSyntax } from '../../harness/http-syntax.js';
import { duration } from '../duration.js';
import type { Flag } from '../flag.js';
import { header, localAddresses } from '../load-values.js';
import { each, matching, oneOf, positiveNumber, text, wholeNumber } from '../values.js';
import { nameOrModule, namesOf } from './compare.js';

const arrivals = ['constant', 'poisson'] as const;
const cpuList = matching(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, 'CPUs as taskset takes them, such as 0 or 0-3,6');
const positive = wholeNumber({ min: 1 }, 'a whole number from 1');

/** What the client does. */
export const loadFlags = {
  workload: {
    group: 'Load',
    alias: 'l',
    value: 'name',
    default: 'connect',
    description: 'app and the way it is driven; ./my-workload.js is your own',
    names: 'workloads',
    often: true,
    choices: ({ workloads }) => namesOf(workloads),
    parse: (value, name, { workloads }): string => nameOrModule(namesOf(workloads))(value, name),
  },
  connections: {
    group: 'Load',
    alias: 'c',
    value: 'count',
    default: '50',
    description: 'how many are open at a time',
    of: { inspect: { description: 'how many are opened, one after the other', default: '6' } },
    often: true,
    parse: positive,
  },
  duration: {
    group: 'Load',
    alias: 'd',
    value: 'time',
    default: '2s',
    description: 'how long to measure: 500ms, 2s, 1m30s; a bare number is seconds',
    often: true,
    parse: duration(),
  },
  requests: {
    group: 'Load',
    alias: 'n',
    value: 'count',
    description: 'how many to measure instead of a duration; of connect, connections',
    parse: positive,
  },
  'payload-size': {
    group: 'Load',
    value: 'bytes',
    default: '64',
    description: 'size of a message of echo, longlived or udp',
    parse: wholeNumber({ min: 1, max: 2 ** 24 }, 'a whole number of bytes from 1 to 16777216'),
  },
  path: {
    group: 'Load',
    value: 'path',
    default: '/',
    description: 'what HTTP asks for; several are asked for in turns',
    list: 'set',
    parse: each(matching(httpSyntax.path, 'a path that begins with / and has no spaces, such as /health')),
  },
  method: {
    group: 'Load',
    value: 'name',
    default: 'GET',
    description: 'of HTTP requests',
    parse: matching(httpSyntax.method, 'a method in capital letters other than CONNECT, such as POST'),
  },
  header: {
    group: 'Load',
    alias: 'H',
    value: 'line',
    description: 'of HTTP requests, such as "accept: text/html"; may be repeated',
    list: 'set',
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
    often: true,
    parse: positiveNumber(1e6, 'a number of requests per second above 0 and up to 1000000, such as 5000'),
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
    description: 'after so many it is closed and another one opened',
    parse: positive,
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
    list: 'set',
    parse: localAddresses,
  },
} as const satisfies Record<string, Flag>;
