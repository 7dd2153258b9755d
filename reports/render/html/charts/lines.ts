import { color, slotColor } from '../palette.js';
import { rounded } from './axes.js';

export interface Lines {
  of: 'slots' | 'extremes';
  /** `[line][point]`. */
  values: readonly (readonly number[])[];
  /** Time of each point. */
  at: (point: number) => number;
}

/** A line per slot; with many slots the most, the middle and the least. */
export function lineSeries({ of, values, at }: Lines) {
  const names =
    of === 'slots' ? values.map((_, slot) => `slot ${slot}`) : ['busiest', 'middle', 'least busy'];
  const colors = of === 'slots' ? values.map((_, slot) => slotColor(slot)) : extremeColors;
  return values.map((line, index) => ({
    type: 'line',
    name: names[index],
    itemStyle: { color: colors[index] },
    lineStyle: { color: colors[index] },
    data: line.map((value, point) => [rounded(at(point)), rounded(value)]),
  }));
}

const extremeColors = [slotColor(1), slotColor(0), color('muted')];
