import type { RunRecord } from './record.js';

/** What is known of a run before its first trial: the first line of its journal. */
export type RunHeader = Pick<
  RunRecord,
  'schemaVersion' | 'tool' | 'command' | 'startedAt' | 'plan' | 'environment'
>;

/**
 * The text of a result file, in pieces, since a whole run may be longer than a string can be. Each trial stands on a
 * line of its own, so that `grep`, `head` and a diff have something to hold on to.
 */
export function* encodeRun({ trials, summary, thresholds, ...head }: RunRecord): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"trials":[`;
  yield* lines(trials);
  yield '],"summary":[';
  yield* lines(summary);
  if (thresholds !== undefined) {
    yield '],"thresholds":[';
    yield* lines(thresholds);
  }
  yield ']}\n';
}

function* lines(items: readonly unknown[]): Generator<string> {
  for (const [index, item] of items.entries()) yield `${index === 0 ? '' : ','}\n${JSON.stringify(item)}`;
  if (items.length > 0) yield '\n';
}
