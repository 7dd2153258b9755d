import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { BenchError } from './errors.js';

const lowest = 20_000;
const highest = 32_000;
const attempts = 50;

/**
 * A port that nothing listens on, below the kernel's range for outgoing connections (32,768 and up unless set otherwise),
 * so that no client takes it before the server does.
 * @throws BenchError `no-free-port` when 50 tries found none
 */
export async function freePort(random: () => number = Math.random): Promise<number> {
  const top = Math.max(lowest + 1000, Math.min(highest, firstEphemeral() - 1));
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = lowest + Math.floor(random() * (top - lowest));
    if (await isFree(port)) return port;
  }
  throw new BenchError('no-free-port', `no port from ${lowest} to ${top} is free: name one with --port`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

function firstEphemeral(): number {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/)[0]);
  } catch {
    return 49_152; // RFC 6335, as macOS has it.
  }
}
