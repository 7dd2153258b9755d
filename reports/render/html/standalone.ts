import { truncate, wrap } from '../text.js';
import { type Chart, chartWidth } from './chart.js';
import { escaped } from './markup.js';
import { palette } from './palette.js';
import { fontFamily } from './theme.js';

const margin = 16;
const heading = 34;
const line = 18;
/** Widths on average, of text and of bold titles. */
const letter = 6.1;
const titleLetter = 8.8;

/**
 * A drawing as a file of its own, which says what it is of: light, and dark where who looks at it prefers that. Colours are plain
 * attributes, so that programs which know no style sheets show it light.
 */
export function standalone(svg: string, { title, of, note = '', width = chartWidth, height }: Chart): string {
  const notes = note === '' ? [] : wrap(note, Math.floor(width / letter));
  const full = { width: width + 2 * margin, height: 2 * margin + heading + height + notes.length * line };
  const room = Math.floor((width - title.length * titleLetter) / letter) - 2;
  const text = [
    `<text x="${margin}" y="${margin + 14}" font-size="15" font-weight="bold" fill="var(--ink)">${escaped(title)}<tspan font-size="12" font-weight="normal" fill="var(--muted)" dx="10">${escaped(truncate(of, room))}</tspan></text>`,
    ...notes.map((words, index) => {
      const y = margin + heading + height + (index + 1) * line - 5;
      return `<text x="${margin}" y="${y}" font-size="12" fill="var(--muted)">${escaped(words)}</text>`;
    }),
  ];
  const drawing = svg.replace(
    /^<svg /,
    `<svg x="${margin}" y="${margin + heading}" width="${width}" height="${height}" `,
  );
  const plain = plainColors(
    `<rect width="100%" height="100%" rx="6" fill="var(--panel)"/>${text.join('')}${drawing}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${full.width}" height="${full.height}" viewBox="0 0 ${full.width} ${full.height}" font-family="${fontFamily}"><title>${escaped(title)}</title><style>${darkRules(plain)}</style>${plain}</svg>\n`;
}

function plainColors(svg: string): string {
  const light = new Map(palette('light').map(([name, value]) => [`"var(--${name})"`, `"${value}"`]));
  return svg.replace(/"var\(--[\w-]+\)"/g, (reference) => light.get(reference) ?? reference);
}

/** A rule for each colour that it has: style sheets win over attributes. */
function darkRules(svg: string): string {
  const dark = new Map(palette('dark'));
  const rules = palette('light').flatMap(([name, light]) =>
    ['fill', 'stroke']
      .filter((what) => svg.includes(`${what}="${light}"`))
      .map((what) => `[${what}="${light}"]{${what}:${dark.get(name)}}`),
  );
  return `@media screen and (prefers-color-scheme:dark){${rules.join('')}}`;
}
