/**
 * The primary of a reverse proxy: starts one process of the app for each slot, each on a port of its own, and nginx before
 * them. Run as `node primary.js <workers> <app> [argument…]`; the rest stands in CLUSTER_BENCH_PROXY
 * ({@link ProxySettings}). It speaks through the events of `node:cluster`, so that the probe sees its workers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import cluster from 'node:cluster';
import { channel } from 'node:diagnostics_channel';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../free-port.js';
import { listenersFromProc } from '../../listeners/linux.js';
import layout from '../../probe/layout.cjs';
import { withChildren } from '../../process-usage.js';
import { nginxConfig, workerHost } from './nginx-config.js';
import type { ProxySettings } from './settings.js';

/** A worker that dies before it has lived so long is not replaced, or a broken app would be started for ever. */
const youngMs = 1000;
const pollMs = 10;

const [workers, ...command] = process.argv.slice(2);
const settings = JSON.parse(process.env.CLUSTER_BENCH_PROXY ?? '') as ProxySettings;
const ports: number[] = [];
while (ports.length < Number(workers)) {
  const port = await freePort();
  if (!ports.includes(port) && port !== settings.port) ports.push(port);
}
let lastId = 0;
for (const port of ports) start(port);
const { address: host } = await lookup(settings.host);
await startNginx({ ...settings, host, port: settings.port === 0 ? await freePort() : settings.port });

function start(port: number): void {
  const startedAt = performance.now();
  const listen = { askedPort: settings.askedPort, host: workerHost, port };
  const env = { ...process.env, CLUSTER_BENCH_LISTEN: JSON.stringify(listen) };
  const child = spawn(process.execPath, command, { env, stdio: 'inherit' });
  lastId += 1;
  const shown = { id: lastId, process: child };
  child.once('exit', (code, signal) => {
    cluster.emit('exit', shown, code, signal);
    if (performance.now() - startedAt >= youngMs) start(port);
  });
  cluster.emit('fork', shown);
}

/** What becomes of nginx becomes of the whole. */
async function startNginx(listening: ProxySettings): Promise<void> {
  const { nginx, host, port, folder } = listening;
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, nginxConfig(listening, ports));
  const proxy: ChildProcess = spawn(nginx.path, ['-p', folder, '-c', file, '-e', 'stderr'], {
    stdio: 'inherit',
  });
  void once(proxy, 'exit').then(([code]) => process.exit(code ?? 1));
  const pid = proxy.pid as number;
  // Both the master, which binds, and its worker, which accepts. Not by a connection: the probes would count it.
  const isServing = () => {
    const members = withChildren(pid).map((each) => ({ pid: each, role: 'proxy' as const }));
    return listenersFromProc(members, { address: host, port }).length === 2;
  };
  while (!isServing()) await setTimeout(pollMs);
  channel(layout.eventChannel).publish({ type: 'proxy', pid, address: host, port });
}
