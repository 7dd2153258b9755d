import type { TrialRecord } from './record.js';
import type { TrialSpec } from './trial.js';

/** In a row, of one cell. */
const mostFailures = 2;

export interface SessionContext {
  runTrial(trial: TrialSpec): Promise<TrialRecord>;
  append(trial: TrialRecord): Promise<void>;
  signal: AbortSignal;
  onStart?(trial: TrialSpec, index: number): void;
  /** Asked between two blocks, of the one that has ended. */
  isEnough?(block: number): boolean;
}

/**
 * Run the trials one after the other and keep each record before the next begins. It ends early, without an error, when
 * the signal aborts (the trial that was under way is dropped), or when a block has ended and it is enough. A cell whose server could not be measured twice in a row is
 * not tried again: it would only cost the same time-out once more.
 */
export async function* runTrials(
  trials: readonly TrialSpec[],
  { runTrial, append, signal, onStart, isEnough }: SessionContext,
): AsyncGenerator<TrialRecord, void> {
  const failures = new Map<string, number>();
  for (const [index, trial] of trials.entries()) {
    if (signal.aborted) return;
    const before = trials[index - 1]?.run ?? trial.run;
    if (before !== trial.run && isEnough?.(before)) return;
    const cell = JSON.stringify(trial.cell);
    if ((failures.get(cell) ?? 0) >= mostFailures) continue;
    onStart?.(trial, index);
    let record: TrialRecord;
    try {
      record = await runTrial(trial);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    await append(record);
    failures.set(cell, record.measuredSeconds === 0 ? (failures.get(cell) ?? 0) + 1 : 0);
    yield record;
  }
}
