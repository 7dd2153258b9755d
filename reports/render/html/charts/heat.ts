import { color, heatColor, heatLevels } from '../palette.js';

/** One colour for each level from 0 to 6, and their words. */
export function levels(words: readonly string[], more: object = {}) {
  return {
    type: 'piecewise',
    dimension: 2,
    orient: 'horizontal',
    left: 0,
    top: 0,
    ...more,
    pieces: words.map((label, value) => ({ value, label, color: heatColor(value) })),
  };
}

/** What is readable on it. */
export function inkOn(level: number): string {
  return color(level >= heatLevels / 2 ? 'panel' : 'ink');
}
