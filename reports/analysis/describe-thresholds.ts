import type { Cell, ThresholdRecord } from '../../harness/record.js';
import { cellKey } from './cells.js';

export interface ThresholdDescription {
  text: string;
  unit: ThresholdRecord['unit'];
  /** In every cell. */
  passed: boolean;
  cells: {
    label: string;
    value: ThresholdRecord['value'];
    /** Where it is the cell's own, and so does not stand in the text. */
    floor?: ThresholdRecord['limit'];
    passed: boolean;
  }[];
}

/** Each threshold once, with the cells that it was held against. */
export function describeThresholds(
  thresholds: readonly ThresholdRecord[],
  cells: readonly { label: string; summary: { cell: Cell } }[],
): ThresholdDescription[] {
  const labels = new Map(cells.map(({ label, summary }) => [cellKey(summary.cell), label]));
  const texts = [...new Set(thresholds.map(({ threshold }) => threshold))];
  return texts.map((text) => {
    const ofText = thresholds.filter(({ threshold }) => threshold === text);
    return {
      text,
      unit: ofText[0]?.unit ?? 'number',
      passed: ofText.every(({ passed }) => passed),
      cells: ofText.map(({ cell, value, limit, passed }) => ({
        label: cell === null ? 'no cell' : (labels.get(cellKey(cell)) ?? cell.policy),
        value,
        ...(/floor\s*$/.test(text) && { floor: limit }),
        passed,
      })),
    };
  });
}
