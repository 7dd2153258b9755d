import type { TrialRecord } from '../record.js';
import type { Noise } from './examination.js';

/** bench's default. */
const runs = 6;
/**
 * Student's t at 5 degrees of freedom: 97.5 % for a two-sided test at 5 %, and 80 % for the power to see a difference in
 * four of five tries. Source: any table.
 */
const [significance, power] = [2.571, 0.92];

/**
 * The least difference of two policies that `runs` paired trials of each can show: (t₀.₉₇₅ + t₀.₈) × s × √(2 ÷ runs) on the
 * logarithm of throughput; null when fewer than three trials are valid.
 */
export function noiseOf(trials: readonly TrialRecord[]): Noise | null {
  const logs = trials
    .filter(({ valid, measuredSeconds }) => valid && measuredSeconds > 0)
    .map(({ client, measuredSeconds }) => Math.log(client.completedByDeadline / measuredSeconds));
  if (logs.length < 3) return null;
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const logDeviation = Math.sqrt(squares / (logs.length - 1));
  const least = (significance + power) * logDeviation * Math.sqrt(2 / runs);
  return { trials: logs.length, logDeviation, runs, detectable: Math.expm1(least) };
}
