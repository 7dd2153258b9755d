import type pico from 'picocolors';
import type { Verdict } from '../analysis/fairness.js';

export type Colors = ReturnType<typeof pico.createColors>;
export type Paint = (text: string) => string;

const slotColors = ['cyan', 'magenta', 'yellow', 'green', 'blue', 'red', 'white', 'gray'] as const;

/** The colour of a slot's bar and of its line in the chart; more slots than colours share one. */
export function slotPaint(colors: Colors, slot: number, slots: number): Paint {
  return colors[slots <= slotColors.length ? (slotColors[slot] ?? 'cyan') : 'cyan'];
}

/** What a paint writes before its text, for libraries that take colours as escape sequences; undefined for none. */
export function openingEscape(paint: Paint): string | undefined {
  return paint('|').split('|')[0] || undefined;
}

export function verdictPaint(colors: Colors, verdict: Verdict | null): Paint {
  if (verdict === 'skewed') return colors.yellow;
  return verdict === 'more-even' ? colors.green : colors.cyan;
}
