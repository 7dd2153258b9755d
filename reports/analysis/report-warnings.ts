import type { CellSummary } from './summary.js';
import { describeWarning, severity } from './warnings.js';

export interface WarningDescription {
  code: string;
  text: string;
  /** How often it occurred in the whole run. */
  times: number;
  /** The cells that had it, and in how many of their trials. */
  cells: { label: string; trials: number; of: number }[];
}

/** Each code once for the whole run, worded for its worst occurrence, with the cells it was seen in. */
export function describeWarnings(
  cells: readonly { label: string; summary: CellSummary }[],
): WarningDescription[] {
  const found = cells.flatMap(({ label, summary }) =>
    summary.warnings.map(({ times, trials, ...warning }) => ({
      label,
      of: summary.trials,
      times,
      trials,
      warning,
    })),
  );
  const codes = [...new Set(found.map(({ warning }) => warning.code))];
  return codes.flatMap((code) => {
    const same = found.filter(({ warning }) => warning.code === code);
    const worst = same.reduce((a, b) => (severity(b.warning) > severity(a.warning) ? b : a));
    return [
      {
        code,
        text: describeWarning(worst.warning),
        times: same.reduce((sum, { times }) => sum + times, 0),
        cells: same.map(({ label, trials, of }) => ({ label, trials, of })),
      },
    ];
  });
}
