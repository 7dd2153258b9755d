/**
 * The guardian is a process that watches over what bench starts. It holds one end of a socket whose other end only bench
 * has: when that closes (bench is done, was killed with SIGKILL, or crashed), every process that was told of and is not
 * released dies, and its folder goes. It is CommonJS and loads little, since every bench that starts something has one.
 *
 * fd 3 brings JSON lines: `{id, token, folder}` before a start, so that nothing is made or started of which it does not know,
 * `{id, leader}` when the group runs, `{id, released: true}` when nothing of it is left.
 */
import net = require('node:net');
import endGroup = require('./end-group.cjs');
import living = require('./living.cjs');
import removeFolder = require('./remove-folder.cjs');

interface Guarded {
  /** Stands in the environment of every process that descends from the group. */
  token: string;
  folder?: string;
  /** The group's; until it is known the group is found by its token. */
  leader?: number;
}

type Message = { id: number; released?: true } & Partial<Guarded>;

/** So long a process that was being started when bench ended may not show its token yet. */
const startingMs = 500;
const guarded = new Map<number, Guarded>();
const control = new net.Socket({ fd: 3 });
let buffered = '';

// A signal to bench's terminal or group is bench's to handle.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
control.on('error', () => {});
control.on('close', () => {
  void Promise.all([...guarded.values()].map(end)).then(() => process.exit(0));
});
control.setEncoding('utf8').on('data', (chunk: string) => {
  buffered += chunk;
  for (let at = buffered.indexOf('\n'); at >= 0; at = buffered.indexOf('\n')) {
    hear(JSON.parse(buffered.slice(0, at)));
    buffered = buffered.slice(at + 1);
  }
});

function hear({ id, released, ...known }: Message): void {
  if (released) guarded.delete(id);
  else guarded.set(id, { ...guarded.get(id), ...known } as Guarded);
}

async function end({ leader, token, folder }: Guarded): Promise<void> {
  const now = performance.now();
  const wait = leader === undefined ? startingMs : 0;
  await endGroup(
    () => living(leader, token),
    () => now,
    now + wait,
  );
  if (folder !== undefined) removeFolder(folder);
}
