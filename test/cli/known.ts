import { parse } from '../../cli/parse.js';

/** Stand-ins for the lists of policies and workloads, so that these tests do not change when those grow. */
export const known = {
  policies: [
    { name: 'single', summary: 'one process' },
    { name: 'rr', summary: 'the primary hands out connections' },
    { name: 'shared', summary: 'the workers race to accept' },
    { name: 'reuseport', summary: 'the kernel spreads connections over their sockets' },
    { name: 'weighted', summary: 'in turn, as often as --weights says' },
  ],
  schedulers: [{ name: 'weighted', summary: 'in turn, as often as --weights says' }],
  drivers: [
    { name: 'raw', summary: 'our own' },
    { name: 'autocannon', summary: 'that of others' },
  ],
  formats: [
    { name: 'markdown', summary: 'for comments' },
    { name: 'csv', summary: 'for spreadsheets' },
    { name: 'html', summary: 'for browsers' },
  ],
  scenarios: [
    { name: 'block', summary: 'a worker does nothing for a while' },
    { name: 'kill', summary: 'a worker is killed' },
  ],
  workloads: [
    { name: 'connect', summary: 'connection churn' },
    { name: 'echo', summary: 'messages sent back' },
    { name: 'http', summary: 'HTTP with keep-alive' },
    { name: 'http-close', summary: 'HTTP with a connection per request' },
  ],
};

/** The options of `bench <argv>`, when that is a run. */
export async function optionsOf(...argv: string[]) {
  const command = await parse(argv, known);
  if (command.verb !== 'run') throw new TypeError(`bench ${argv.join(' ')} is no run but ${command.verb}`);
  return command.options;
}
