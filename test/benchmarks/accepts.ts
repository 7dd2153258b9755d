import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import layout from '../../harness/probe/layout.cjs';
import { median } from './ratios.js';

const accepts = 10_000_000;
const workers = 8;
const seconds = 100;
const rounds = 3;
const child = fileURLToPath(new URL('./attribute-accepts.js', import.meta.url));

/** No process has these: the kernel's numbers end before. */
const primary = 2 ** 22 + 1;
const pidOf = (slot: number) => primary + 1 + slot;

/**
 * What a trial of 10 million connections on 8 workers takes bench when it is over, from the probes' files to the record, in a
 * process of its own: at most 5 s and 500 MB are asked.
 */
export async function acceptEvents(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cluster-bench-'));
  try {
    for (const isHandedOver of [false, true]) {
      writeProbes(folder, isHandedOver);
      const found = Array.from({ length: rounds }, () => {
        const args = [child, folder, String(primary), String(accepts), String(workers), String(seconds)];
        const { stdout } = spawnSync(process.execPath, args, {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        return JSON.parse(stdout) as { seconds: number; maxRssBytes: number };
      });
      const took = median(found.map((each) => each.seconds));
      const rss = median(found.map(({ maxRssBytes }) => maxRssBytes));
      const what = isHandedOver ? 'accepts and as many hand-overs' : 'accepts';
      console.log(`  ${accepts} ${what}: ${took.toFixed(2)} s, ${Math.round(rss / 1e6)} MB`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files of a primary and its workers, whose accepts come at random times. */
function writeProbes(folder: string, isHandedOver: boolean): void {
  const random = xoroshiro128plus(1);
  const perWorker = accepts / workers;
  const meanMs = (seconds * 1000) / perWorker;
  const slots = Array.from({ length: workers }, (_, slot) => slot);
  const processOf = (pid: number, handed: number, events: object[]) => {
    const row = [1, seconds * 1000, 1e6, 1, 1, 5e7, handed, 0, 1];
    writeFileSync(path.join(folder, `${pid}.process`), new Float64Array(row));
    writeFileSync(
      path.join(folder, `${pid}.events`),
      events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    );
  };
  const forks = slots.map((slot) => ({ type: 'fork', atMs: 0, workerId: slot + 1, worker: pidOf(slot) }));
  processOf(primary, isHandedOver ? accepts : 0, forks);
  for (const slot of slots) {
    const listen = { type: 'listen', atMs: 0, listener: 0, protocol: 'tcp', address: '127.0.0.1', port: 1 };
    processOf(pidOf(slot), 0, [listen]);
    const times = new Float64Array(perWorker);
    const rows = [rowOf(0, 0)];
    let atMs = 0;
    for (let accept = 0; accept < perWorker; accept += 1) {
      atMs += ((random.next() >>> 0) / 2 ** 31) * meanMs;
      times[accept] = atMs;
      if (atMs > rows.length * 50) rows.push(rowOf(atMs, accept + 1));
    }
    rows.push(rowOf(Math.max(atMs, seconds * 1000), perWorker));
    const base = path.join(folder, `${pidOf(slot)}-0`);
    writeFileSync(`${base}.accepts`, times);
    writeFileSync(`${base}.listener`, Float64Array.from(rows.flat()));
  }
  if (isHandedOver)
    writeFileSync(
      path.join(folder, `${primary}.handovers`),
      new Float64Array(accepts).map(() => ((random.next() >>> 0) / 2 ** 32) * 20),
    );
}

function rowOf(atMs: number, connections: number): number[] {
  const row = {
    atMs,
    connections,
    requests: connections,
    closed: connections,
    bytesRead: 0,
    bytesWritten: 0,
    dropped: 0,
  };
  return layout.listenerFields.map((field) => row[field]);
}
