import pico from 'picocolors';
import type { Verdict } from '../analysis/fairness.js';

export type Paint = (text: string) => string;

/**
 * What text may look like. Of the terminal's sixteen colours these are the ones that can be told from a light ground and from
 * a dark one: their contrast with both is 2 at least in the palettes of xterm, VS Code, GNOME, macOS, Windows and Solarized.
 * Yellow, white and most bright ones are lost on white there, blue on black, and grey is black in Solarized.
 */
export interface Colors {
  isColorSupported: boolean;
  bold: Paint;
  dim: Paint;
  good: Paint;
  bad: Paint;
  /** Neither good nor bad, and not to be overlooked. */
  notable: Paint;
  usual: Paint;
  /** Those that slots take, one after the other. */
  series: readonly Paint[];
}

export function createColors(color: boolean): Colors {
  const { bold, dim, cyan, magenta, green, blueBright, red, magentaBright, redBright } =
    pico.createColors(color);
  return {
    isColorSupported: color,
    bold,
    dim,
    good: green,
    bad: redBright,
    notable: magentaBright,
    usual: cyan,
    // The ground's own text is a colour too. The bright ones are as the others in some palettes, so they are last.
    series: [cyan, magenta, green, blueBright, red, String, magentaBright, redBright],
  };
}

/** The colour of a slot's bar and of its line in the chart; more slots than colours share one. */
export function slotPaint({ series, usual }: Colors, slot: number, slots: number): Paint {
  return slots <= series.length ? (series[slot] ?? usual) : usual;
}

/** What a paint writes before its text, for libraries that take colours as escape sequences; undefined for none. */
export function openingEscape(paint: Paint): string | undefined {
  return paint('|').split('|')[0] || undefined;
}

export function verdictPaint(colors: Colors, verdict: Verdict | null): Paint {
  if (verdict === 'skewed') return colors.notable;
  return verdict === 'more-even' ? colors.good : colors.usual;
}
