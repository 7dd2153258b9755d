import type { CellChartKind, RunChartKind } from '../chart.js';
import { acceptOrder } from './accept-order.js';
import { comparedPercentiles } from './compared-percentiles.js';
import { cpu } from './cpu.js';
import { latencyBySlot } from './latency-by-slot.js';
import { latencyOverTime } from './latency-over-time.js';
import { openOverTime } from './open-over-time.js';
import { overview } from './overview.js';
import { handOff, percentiles } from './percentiles.js';
import { shareOverTime } from './share-over-time.js';
import { slots } from './slots.js';
import { transitions } from './transitions.js';
import { trialCharts } from './trials.js';

/** Of several cells, and of each cell, in the order of the page. */
export const runCharts: readonly RunChartKind[] = [overview, ...trialCharts, comparedPercentiles];

export const cellCharts: readonly CellChartKind[] = [
  slots,
  acceptOrder,
  shareOverTime,
  openOverTime,
  transitions,
  percentiles,
  latencyBySlot,
  latencyOverTime,
  cpu,
  handOff,
];
