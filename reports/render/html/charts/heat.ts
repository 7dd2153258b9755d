import { color, heatLevels, type Ramp, rampColor } from '../palette.js';

/** One colour for each level from 0 to 6, and their words. */
export function levels(ramp: Ramp, words: readonly string[]) {
  return {
    type: 'piecewise',
    dimension: 2,
    orient: 'horizontal',
    left: 0,
    top: 0,
    selectedMode: false,
    pieces: words.map((label, value) => ({ value, label, color: rampColor(ramp, value) })),
  };
}

/** What is readable on a level of `times`: its ends are strong, and all between are faint. */
export function inkOn(level: number): string {
  return color(level === 0 || level === heatLevels - 1 ? 'panel' : 'ink');
}

/** So that neighbours of one level are told apart. */
export const tileEdge = { borderColor: color('panel'), borderWidth: 1 };
