import type { Flag } from '../flag.js';
import { matching, oneOf, text, wholeNumber } from '../values.js';

const protocols = ['http', 'tcp'] as const;
const drivers = ['autocannon', 'raw'] as const;

/** What is measured in place of a workload. */
export const appFlags = {
  protocol: {
    group: 'App',
    value: 'name',
    default: 'found out',
    description: 'what the app speaks: http or tcp',
    choices: () => protocols,
    parse: oneOf(protocols),
  },
  driver: {
    group: 'Load',
    value: 'name',
    default: 'by protocol',
    description: 'what generates load: autocannon (HTTP, plain) or raw (all)',
    names: 'drivers',
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
} as const satisfies Record<string, Flag>;
