import { bytes, integer, jain, microseconds, percent, seconds, significant } from '../format.js';

/** What an option names where a library wants a function, so that options are data and cross to the page as JSON. */
const formatters = {
  bytes,
  integer,
  jain,
  microseconds,
  significant,
  microsecondsShort: (us: number) => microseconds(us).replace(/\.0+ /, ' '),
  percent: (share: number) => percent(share),
  percentShort: (share: number) => `${Number((share * 100).toFixed(1))} %`,
  seconds: (value: number) => (value === 0 ? '0' : seconds(value)),
  rarity: (rarity: number) => `${Number((100 * (1 - 1 / rarity)).toPrecision(6))} %`,
  /** Of 1/(1 − q): nothing between powers of ten, where an axis may end. */
  percentile: (rarity: number) =>
    Number.isInteger(Math.log10(rarity)) ? `${Number((100 * (1 - 1 / rarity)).toFixed(8))} %` : '',
} satisfies Record<string, (value: number) => string>;

export type Formatter = keyof typeof formatters;

const places = new Set(['formatter', 'valueFormatter']);

/** For JSON.parse: a formatter's name becomes the function. */
export function withFormatters(key: string, value: unknown): unknown {
  if (!places.has(key) || typeof value !== 'string' || !Object.hasOwn(formatters, value)) return value;
  const format = formatters[value as Formatter];
  return (given: unknown) => {
    const number = numberOf(given);
    return number === null ? '–' : format(number);
  };
}

/** Axes and tooltips give the value, labels what it belongs to. */
function numberOf(given: unknown): number | null {
  const value = typeof given === 'object' && given !== null && 'value' in given ? given.value : given;
  const last = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'number' && Number.isFinite(last) ? last : null;
}
