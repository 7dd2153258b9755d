import type { Formatter } from '../formatters.js';
import { color } from '../palette.js';

export const grid = { left: 56, right: 20, top: 34, bottom: 44 };

export function categories(name: string, data: readonly string[]) {
  return {
    type: 'category',
    name,
    nameGap: 26,
    data,
    axisPointer: { label: { formatter: `${name} {value}` } },
  };
}

export function amounts(formatter: Formatter, more: object = {}) {
  return { type: 'value', axisLabel: { formatter }, ...more };
}

/** Durations in µs, over factors of ten. */
export function latencies(more: object = {}) {
  return { type: 'log', axisLabel: { formatter: 'microsecondsShort' satisfies Formatter }, ...more };
}

export function elapsed(seconds: number) {
  return {
    type: 'value',
    name: 'since the window opened',
    nameGap: 26,
    min: 0,
    max: rounded(seconds),
    axisLabel: { formatter: 'seconds' satisfies Formatter },
    axisPointer: { label: { formatter: 'seconds' satisfies Formatter } },
    splitLine: { show: false },
  };
}

/** A dashed line across, behind nothing that is to be read. */
export function dashedAt(yAxis: number) {
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    lineStyle: { color: color('muted'), type: 'dashed', width: 1 },
    data: [{ yAxis: rounded(yAxis) }],
  };
}

/** From 0 to the first step above, in about five steps of 1, 2, 2.5 or 5. */
export function shares(greatest: number) {
  const rough = greatest / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = ([1, 2, 2.5, 5].find((times) => times * power >= rough * 0.999) ?? 10) * power;
  const max = rounded(Math.ceil(greatest / interval + 0.01) * interval);
  return amounts('percentShort', { min: 0, max, interval: rounded(interval) });
}

/** Five digits: all that a drawing shows. */
export function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

/** A logarithmic axis has no 0. */
export function atLeastOne(us: number): number {
  return Math.max(1, us);
}
