import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { BenchError } from '../errors.js';
import { ownFile } from '../own-files.js';

/** What a guardian is told of a group before any of it is there. */
interface Planned {
  token: string;
  /** One that nobody else can have made. */
  folder?: string;
}

/** What is guarded, until it is released. */
export interface Guard {
  tell(known: { leader: number | undefined }): void;
  release(): void;
}

interface Guardian {
  process: ChildProcess;
  control: Duplex;
  /** What is to be done, by id, where it ends before its time. */
  orphaned: Map<number, () => void>;
}

const guardianPath = ownFile('harness/runtimes/guardian.cjs');
const patienceMs = 1000;
let guardian: Guardian | undefined;
let lastId = 0;

/**
 * From here on whatever carries `token` in its environment ends with this process, and so does `folder`.
 * @param orphaned is called where the guardian was ended by somebody else: what it guarded is ours to end
 */
export function guard(planned: Planned, orphaned: () => void): Guard {
  guardian ??= startGuardian();
  const its = guardian;
  lastId += 1;
  const id = lastId;
  const say = (message: object) => {
    if (its.control.writable) its.control.write(`${JSON.stringify({ id, ...message })}\n`);
  };
  its.orphaned.set(id, orphaned);
  say(planned);
  return {
    tell: say,
    release() {
      its.orphaned.delete(id);
      say({ released: true });
    },
  };
}

/** The guardian ends what is guarded now, without grace, and goes; also when this process ends at once. */
export function abandonAll(): void {
  guardian?.control.destroy();
  guardian = undefined;
}

/** Let a guardian go that has nothing left to guard; resolves when it is gone. */
export async function dismissGuardian(): Promise<void> {
  if (guardian === undefined || guardian.orphaned.size > 0) return;
  const { process: idle, control } = guardian;
  guardian = undefined;
  if (idle.exitCode !== null || idle.signalCode !== null || idle.pid === undefined) return;
  idle.ref();
  control.destroy();
  // One that was stopped does not leave by itself, and has nothing to do any more.
  const patience = setTimeout(() => idle.kill('SIGKILL'), patienceMs);
  await once(idle, 'exit');
  clearTimeout(patience);
}

/**
 * It keeps nobody waiting who has nothing else to do.
 * @throws BenchError `spawn-failed`
 */
function startGuardian(): Guardian {
  const started = spawn(process.execPath, [guardianPath], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH },
  });
  // There are no streams where there was no descriptor left to make them.
  const control = started.stdio?.[3] as (Duplex & { unref(): void }) | undefined;
  const orphaned = new Map<number, () => void>();
  const ended = () => {
    if (guardian?.process === started) guardian = undefined;
    control?.destroy();
    for (const end of orphaned.values()) end();
  };
  started.once('error', ended);
  if (control === undefined)
    throw new BenchError('spawn-failed', 'cannot start a process: too many open files');
  started.once('exit', (code) => {
    if (code !== 0) ended();
  });
  started.unref();
  control.unref();
  control.on('error', () => {}); // Its exit is what tells.
  return { process: started, control, orphaned };
}
