import timers = require('node:timers/promises');

const pollMs = 10;
/** A process that SIGKILL does not end in this time (it waits for a dead disk, say) is nobody's to end. */
const giveUpMs = 5000;

/**
 * SIGTERM and until the deadline to leave, then SIGKILL, until none is left.
 * @param left targets for `process.kill`
 * @param deadline a reading of `performance.now()`; asked anew each time, since it may come nearer
 * @param atLeast until then it looks again though none is left
 */
async function endGroup(left: () => readonly number[], deadline: () => number, atLeast = 0): Promise<void> {
  if (performance.now() < deadline()) signalAll(left(), 'SIGTERM');
  for (;;) {
    const remaining = left();
    const now = performance.now();
    if ((remaining.length === 0 && now >= atLeast) || now > deadline() + giveUpMs) return;
    if (now >= deadline()) signalAll(remaining, 'SIGKILL');
    await timers.setTimeout(pollMs);
  }
}

function signalAll(targets: readonly number[], signal: NodeJS.Signals): void {
  for (const target of targets) {
    try {
      process.kill(target, signal);
    } catch {} // Gone already.
  }
}

export = endGroup;
