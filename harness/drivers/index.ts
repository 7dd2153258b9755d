import type { Driver } from './driver.js';

/** Every driver; each is loaded when it is needed, since the client process starts once per trial. */
const drivers: Readonly<Record<string, () => Promise<Driver>>> = {
  raw: async () => (await import('./raw.js')).raw,
  udp: async () => (await import('./udp.js')).udp,
  autocannon: async () => (await import('./autocannon.js')).autocannon,
};

export const driverNames = Object.keys(drivers);

/** The driver of that name. Names are checked where options are read; an unknown one here is a bug. */
export async function driverNamed(name: string): Promise<Driver> {
  const load = drivers[name];
  if (load === undefined) throw new TypeError(`no driver is called ${name}`);
  return load();
}
