import type { CellDescription, RunDescription } from '../../analysis/describe.js';
import type { CellDetail } from '../../analysis/detail/detail.js';
import { typicalWords } from '../words.js';
import type { ChartOption } from './live-chart.js';

export interface Chart {
  title: string;
  /** What it is of: the typical trial, or all of them. */
  of: string;
  /** In a sentence what is to be seen, for who does not see it. */
  summary: string;
  /** How to read it. */
  note?: string;
  option: ChartOption;
  /** In pixels, at `width`. */
  height: number;
  /** Where it is not that of most. */
  width?: number;
  /** It is a picture only, with nothing to point at. */
  isStill?: boolean;
  /** What it shows in figures. */
  table?: ChartTable;
}

export interface ChartTable {
  head: string[];
  /** The first column names the row. */
  rows: string[][];
}

export interface CellInput {
  run: RunDescription;
  cell: CellDescription;
  detail: CellDetail;
}

/** One file of charts/ each; undefined where the record does not have what it shows. */
export interface CellChartKind {
  name: string;
  /** The higher, the sooner it is left out of a page that would be too large. */
  rank: number;
  of(input: CellInput): Chart | undefined;
}

/** Of several cells side by side. */
export interface RunChartKind {
  name: string;
  rank: number;
  of(run: RunDescription, details: readonly CellDetail[]): Chart | undefined;
}

export const chartWidth = 560;
export const chartHeight = 280;

export function typicalOf({ run, cell }: Pick<CellInput, 'run' | 'cell'>): string {
  return cell.typical ? typicalWords(cell.typical, run.plan.runs) : '';
}
