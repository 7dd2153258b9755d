import { type Parse, refuse } from './values.js';

const perSecond = { ms: 1000, s: 1, m: 1 / 60 } as const;

/** The longest that Node's timers can wait is 2³¹ − 1 ms, 24 days; beyond it they fire at once. */
const longestSeconds = 24 * 3600;
const shortestSeconds = 0.001;

/** Seconds, from `500ms`, `1.5s`, `2m` or a bare number of seconds. */
export function duration({ orNone = false } = {}): Parse<number> {
  const such = `${orNone ? '0 or ' : ''}a time from 1ms to 1440m, such as 500ms, 2s or 2m`;
  return (text, name) => {
    const seconds = secondsOf(text);
    if (orNone && seconds === 0) return 0;
    return seconds >= shortestSeconds && seconds <= longestSeconds ? seconds : refuse(name, text, such);
  };
}

/** NaN when the text is no time. */
function secondsOf(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?|\.\d+)(ms|s|m)?$/.exec(text) ?? [];
  return number === undefined ? Number.NaN : Number(number) / perSecond[unit as keyof typeof perSecond];
}
