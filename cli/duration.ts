import { type Parse, refuse } from './values.js';

const perSecond = { ms: 1000, s: 1, m: 1 / 60, h: 1 / 3600 } as const;

/** The longest that Node's timers can wait is 2³¹ − 1 ms, 24 days; beyond it they fire at once. */
const longestSeconds = 24 * 3600;
const shortestSeconds = 0.001;

/** Seconds, from `500ms`, `1.5s`, `2m`, `1h`, several such in one, as `1m30s`, or a bare number of seconds. */
export function duration({ orNone = false } = {}): Parse<number> {
  const such = `${orNone ? '0 or ' : ''}a time from 1ms to 24h, such as 500ms, 2s or 1m30s`;
  return (text, name) => {
    const seconds = secondsOf(text);
    if (orNone && seconds === 0) return 0;
    return seconds >= shortestSeconds && seconds <= longestSeconds ? seconds : refuse(name, text, such);
  };
}

/** NaN when the text is no time. */
function secondsOf(text: string): number {
  if (/^(\d+(\.\d+)?|\.\d+)$/.test(text)) return Number(text);
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?|\.\d+)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return Number.NaN;
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) / perSecond[unit as keyof typeof perSecond],
    0,
  );
}
