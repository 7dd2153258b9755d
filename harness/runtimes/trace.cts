/**
 * A preload for `bench inspect`: a primary writes every message between it and its workers into `<pid>.trace`, one JSON
 * line each. It is not for measuring.
 */
import cluster = require('node:cluster');
import channels = require('node:diagnostics_channel');
import fs = require('node:fs');
import path = require('node:path');
import threads = require('node:worker_threads');
import layout = require('../probe/layout.cjs');

/** What Node's cluster says (lib/internal/cluster/), and ours (runtimes/cluster/messages.cts). */
interface Internal {
  cmd?: string;
  act?: string;
  ack?: number;
  accepted?: boolean | null;
}

function trace(file: string): void {
  const write = (line: object) => {
    const [seconds, nanoseconds] = process.hrtime();
    const atMs = seconds * 1e3 + nanoseconds / 1e6;
    fs.appendFileSync(file, `${JSON.stringify({ atMs, ...line })}\n`);
  };
  channels.subscribe(layout.handOverChannel, (message) => {
    const { worker, what } = message as { worker: number; what: string };
    const isSent = what === 'connection';
    write({ worker, from: isSent ? 'primary' : 'worker', what, withHandle: isSent });
  });
  const { on } = cluster as unknown as typeof import('node:cluster').default;
  Reflect.apply(on, cluster, [
    'fork',
    ({ process: child }: { process: import('node:child_process').ChildProcess }) => {
      const tell = (from: string, message: Internal | undefined, handle: unknown) => {
        const { cmd, act, ack, accepted } = message ?? {};
        if (typeof cmd !== 'string' || !cmd.startsWith('NODE_')) return;
        write({
          worker: child.pid,
          from,
          what: act ?? (ack === undefined ? cmd : 'ack'),
          ...(typeof accepted === 'boolean' && { accepted }),
          withHandle: handle !== undefined && handle !== null,
        });
      };
      const send = child.send as (...args: unknown[]) => boolean;
      child.send = function traced(...args: unknown[]) {
        tell('primary', args[0] as Internal, args[1]);
        return Reflect.apply(send, child, args);
      } as typeof child.send;
      child.prependListener('internalMessage' as 'message', (message, handle) =>
        tell('worker', message as Internal, handle),
      );
    },
  ]);
}

const folder = process.env.CLUSTER_BENCH_PROBE;
if (folder !== undefined && threads.isMainThread) trace(path.join(folder, `${process.pid}.trace`));
