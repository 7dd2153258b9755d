import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerView } from '../probe/server-view.js';
import type { TracedMessage } from './inspection.js';

/** What the primaries have traced (runtimes/trace.cts), in the order of time. */
export function readMessages(folder: string, { workers }: ServerView): TracedMessage[] {
  const messages = readdirSync(folder)
    .filter((name) => name.endsWith('.trace'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as Omit<TracedMessage, 'slot'>)
    .toSorted((one, other) => one.atMs - other.atMs);
  const first = messages[0]?.atMs ?? 0;
  return messages.map((message) => ({
    ...message,
    atMs: message.atMs - first,
    slot: workers.find(({ pid }) => pid === message.worker)?.slot ?? null,
  }));
}
