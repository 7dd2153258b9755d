/** Numbers as a reader wants them: three significant digits, the unit after a space, thousands by comma. */

import { withThousands } from '../thousands.js';

export function integer(value: number): string {
  return withThousands(value);
}

/** A share of 1 as a percentage. */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** How much more than a whole, as a percentage: `180 %`, `6.5 %`, `0.04 %`. */
export function excess(share: number): string {
  const percents = share * 100;
  return percents >= 99.5 ? `${integer(percents)} %` : `${Number(percents.toFixed(percents < 1 ? 2 : 1))} %`;
}

/** Three significant digits, whole above a hundred: `0.812`, `12.4`, `12,345`. */
export function significant(value: number): string {
  if (value >= 99.95) return integer(value);
  return value === 0 ? '0' : value.toPrecision(3);
}

export function microseconds(us: number): string {
  if (us < 999.5) return `${us < 1 ? significant(us) : trimmed(us)} µs`;
  if (us < 999_500) return `${significant(us / 1e3)} ms`;
  return `${significant(us / 1e6)} s`;
}

export function seconds(value: number): string {
  return value < 1 ? `${trimmed(value * 1e3)} ms` : `${trimmed(value)} s`;
}

export function jain(value: number): string {
  return value.toFixed(4);
}

export function ratio(value: number): string {
  return value < 99.995 ? value.toFixed(2) : integer(value);
}

/** Below 10⁻¹⁵ a p says no more than that it is. */
export function probability(p: number): string {
  if (p < 1e-15) return '<1e-15';
  return p < 1e-3 ? p.toExponential(1) : p.toFixed(p < 0.1 ? 3 : 2);
}

export function utcMinute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

export function plural(count: number, noun: string): string {
  return `${integer(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function trimmed(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Decimal, as processes' memory is told by most tools people read it beside. */
export function bytes(value: number): string {
  return value < 1e9 ? `${significant(value / 1e6)} MB` : `${significant(value / 1e9)} GB`;
}
