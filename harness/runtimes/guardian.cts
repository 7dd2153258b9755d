/**
 * The guardian stands between bench and a process group of its own making. It holds one end of a socket whose other
 * end only bench has: when that closes (bench is done, was killed with SIGKILL, or crashed), every process that it
 * started dies and its folder goes. It is CommonJS and loads little, since one is started for every trial.
 *
 * fd 3 carries JSON lines. From bench: the order, then perhaps `{"stop": graceMs}`. To bench: `{"started": pid}` or
 * `{"failed": message}` or `{"unmade": message}`, then `{"exited": {code, signal}}`.
 */
import childProcess = require('node:child_process');
import fs = require('node:fs');
import net = require('node:net');
import living = require('./living.cjs');
import removeSockets = require('./remove-sockets.cjs');

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
/** A process that SIGKILL does not end in this time (it waits for a dead disk, say) is nobody's to end. */
const giveUpMs = 5000;
const control = new net.Socket({ fd: 3 });
let order: Order | undefined;
let isFolderMade = false;
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
  const { command, args, cwd, env, folder } = order;
  try {
    // Not `recursive`: Node 20 loops for ever where a parent cannot be made, in /proc for one.
    if (folder !== undefined) fs.mkdirSync(folder, { mode: 0o700 });
    isFolderMade = folder !== undefined;
  } catch (error) {
    say({ unmade: (error as Error).message });
    return;
  }
  const started = childProcess.spawn(command, args, { cwd, env, stdio: 'inherit', detached: true });
  leader = started.pid;
  started.on('error', (error) => say({ failed: error.message }));
  started.on('spawn', () => say({ started: leader }));
  started.on('exit', (code, signal) => {
    leaderEnded = true;
    say({ exited: { code, signal } });
  });
}

/** SIGTERM and up to `graceMs` to leave, then SIGKILL, until none is left. */
function end(graceMs: number): void {
  if (ending && graceMs > 0) return;
  ending = true;
  const deadline = performance.now() + graceMs;
  if (graceMs > 0) signalAll(left(), 'SIGTERM');
  const poll = (): void => {
    const remaining = left();
    const isOver = remaining.length === 0 && (leader === undefined || leaderEnded);
    if (isOver || performance.now() > deadline + giveUpMs) leave();
    if (performance.now() >= deadline) signalAll(remaining, 'SIGKILL');
    setTimeout(poll, pollMs);
  };
  poll();
}

/** Until the leader's exit was told its PID, and so its group's, cannot have passed to another process. */
function left(): number[] {
  return leader === undefined || order === undefined ? [] : living(leader, order.token);
}

function leave(): never {
  if (order?.folder !== undefined && isFolderMade) {
    removeSockets(order.folder);
    fs.rmSync(order.folder, { recursive: true, force: true });
  }
  process.exit(0);
}

function signalAll(targets: readonly number[], signal: NodeJS.Signals): void {
  for (const target of targets) {
    try {
      process.kill(target, signal);
    } catch {} // Gone already.
  }
}
