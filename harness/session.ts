import type { TrialRecord } from './record.js';
import type { TrialSpec } from './trial.js';

export interface SessionContext {
  runTrial(trial: TrialSpec): Promise<TrialRecord>;
  append(trial: TrialRecord): Promise<void>;
  signal: AbortSignal;
  onStart?(trial: TrialSpec, index: number): void;
}

/**
 * Run the trials one after the other and keep each record before the next begins. It ends early, without an error, when
 * the signal aborts; the trial that was under way is dropped. A cell whose server could not be measured at all is not
 * tried again: it would only cost the same time-out once more.
 */
export async function* runTrials(
  trials: readonly TrialSpec[],
  { runTrial, append, signal, onStart }: SessionContext,
): AsyncGenerator<TrialRecord, void> {
  const hopeless = new Set<string>();
  for (const [index, trial] of trials.entries()) {
    if (signal.aborted) return;
    const cell = JSON.stringify(trial.cell);
    if (hopeless.has(cell)) continue;
    onStart?.(trial, index);
    let record: TrialRecord;
    try {
      record = await runTrial(trial);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    await append(record);
    if (record.measuredSeconds === 0) hopeless.add(cell);
    yield record;
  }
}
