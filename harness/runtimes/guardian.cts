/**
 * The guardian stands between bench and a process group of its own making. It holds one end of a socket whose other
 * end only bench has: when that closes (bench is done, was killed with SIGKILL, or crashed), every process that it
 * started dies and its folder goes. It is CommonJS and loads little, since one is started for every trial.
 *
 * fd 3 carries JSON lines. From bench: the order, then perhaps `{"stop": graceMs}`. To bench: `{"started": pid}` or
 * `{"failed": message}`, then `{"exited": {code, signal}}`.
 */
import childProcess = require('node:child_process');
import fs = require('node:fs');
import net = require('node:net');

interface Order {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  /** Stands in the environment of every process that descends from this one. */
  token: string;
  /** Made before the start and removed at the end. */
  folder?: string;
}

const pollMs = 10;
const control = new net.Socket({ fd: 3 });
let order: Order | undefined;
let leader: number | undefined;
/** Its exit has been told. */
let leaderEnded = false;
let ending = false;
let buffered = '';

// A signal to bench's terminal or group is bench's to handle.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
// Nobody may be left to hear of it.
control.on('error', () => {});
control.on('close', () => end(0));
control.setEncoding('utf8').on('data', (chunk: string) => {
  buffered += chunk;
  for (let at = buffered.indexOf('\n'); at >= 0; at = buffered.indexOf('\n')) {
    const message = JSON.parse(buffered.slice(0, at));
    buffered = buffered.slice(at + 1);
    if (order === undefined) start(message);
    else if ('stop' in message) end(message.stop);
  }
});

function say(message: object): void {
  control.write(`${JSON.stringify(message)}\n`);
}

function start(given: Order): void {
  order = given;
  if (order.folder !== undefined) fs.mkdirSync(order.folder, { recursive: true, mode: 0o700 });
  const { command, args, cwd, env } = order;
  const child = childProcess.spawn(command, args, { cwd, env, stdio: 'inherit', detached: true });
  leader = child.pid;
  child.on('error', (error) => say({ failed: error.message }));
  child.on('spawn', () => say({ started: leader }));
  child.on('exit', (code, signal) => {
    leaderEnded = true;
    say({ exited: { code, signal } });
  });
}

/** SIGTERM and up to `graceMs` to leave, then SIGKILL, until none is left. */
function end(graceMs: number): void {
  if (ending && graceMs > 0) return;
  ending = true;
  const deadline = performance.now() + graceMs;
  if (graceMs > 0) signalAll('SIGTERM');
  const poll = (): void => {
    if (performance.now() >= deadline) signalAll('SIGKILL');
    if (living().length > 0 || (leader !== undefined && !leaderEnded)) {
      setTimeout(poll, pollMs);
      return;
    }
    if (order?.folder !== undefined) fs.rmSync(order.folder, { recursive: true, force: true });
    process.exit(0);
  };
  poll();
}

function signalAll(signal: NodeJS.Signals): void {
  for (const target of leader === undefined ? [] : [-leader, ...living()]) {
    try {
      process.kill(target, signal);
    } catch {} // Gone already.
  }
}

/**
 * The living processes of the order. On Linux the group, and by the token in their environment those that left it (a
 * daemon); zombies are in neither. Elsewhere the group as a whole.
 */
function living(): number[] {
  if (leader === undefined || order === undefined) return [];
  if (process.platform !== 'linux') return groupLives(leader) ? [-leader] : [];
  const { token } = order;
  return fs.readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!(pid > 0) || pid === process.pid) return [];
    return groupOf(pid) === leader || environmentOf(pid).includes(token) ? [pid] : [];
  });
}

/** Undefined for a zombie. Source: proc_pid_stat(5), `pid (name) state ppid pgrp …`, where the name may hold anything. */
function groupOf(pid: number): number | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : Number(group);
  } catch {
    return undefined; // It ended.
  }
}

function environmentOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return ''; // It ended, or is another user's.
  }
}

function groupLives(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
