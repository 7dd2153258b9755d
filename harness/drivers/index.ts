import type { Driver } from './driver.js';

/** What is known of a driver before it is loaded: when it is needed, since the client process starts once per trial. */
export interface DriverEntry {
  name: string;
  /** For people, in half a line. */
  summary: string;
  load(): Promise<Driver>;
}

/** Every driver. */
export const drivers: readonly DriverEntry[] = [
  {
    name: 'raw',
    summary: 'our own client of TCP and HTTP/1.1, plain or over TLS, closed or open loop',
    load: async () => (await import('./raw.js')).raw,
  },
  {
    name: 'udp',
    summary: 'datagrams that are to come back',
    load: async () => (await import('./udp.js')).udp,
  },
  {
    name: 'autocannon',
    summary: 'HTTP/1.1 with keep-alive in a closed loop',
    load: async () => (await import('./autocannon.js')).autocannon,
  },
];

/** The driver of that name. Names are checked where options are read; an unknown one here is a bug. */
export async function driverNamed(name: string): Promise<Driver> {
  const driver = drivers.find((candidate) => candidate.name === name);
  if (driver === undefined) throw new TypeError(`no driver is called ${name}`);
  return driver.load();
}
