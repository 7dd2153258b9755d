import asciichart from 'asciichart';
import type { ShareOverTime } from '../analysis/share-over-time.js';
import { percent, seconds } from './format.js';
import { type Colors, openingEscape, type Paint, slotPaint } from './palette.js';

const labelWidth = 7;
/** Label, a space and the axis, where asciichart draws the first point too. */
const axisWidth = labelWidth + 2;
const mostRows = 8;

/** Lines of share over time on an axis from 0; the legend is in their colours. */
export function renderChart(overTime: ShareOverTime, columns: number, colors: Colors): string[] {
  const { shares, slots } = overTime;
  const { step, rows } = grid(Math.max(...shares.flat()), 1 / slots);
  const points = shares[0]?.length ?? 0;
  const stretch = Math.max(1, Math.floor((columns - axisWidth + 1) / points));
  const paints = shares.map((_, line) => linePaint(overTime, line, colors));
  const digits = Number.isInteger(step * 100) ? 0 : 1;
  const plot = asciichart.plot(
    shares.map((line) => line.flatMap((share) => Array<number>(stretch).fill(share))),
    {
      min: 0,
      max: rows * step,
      height: rows,
      offset: 3,
      colors: paints.map(openingEscape),
      format: (value) => percent(value, digits).padStart(labelWidth),
    },
  );
  return [
    caption(overTime, paints, colors),
    ...plot.split('\n').map((line) => line.trimEnd()),
    timeAxis(overTime.seconds, points * stretch, colors),
  ];
}

/** Rows at parts or multiples of the even share, so that an even line lies on a row and not between two. */
function grid(greatest: number, evenShare: number): { step: number; rows: number } {
  const steps = [1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32, 64].map((times) => times * evenShare);
  const rowsOf = (step: number) => Math.max(2, Math.ceil(greatest / step - 1e-9));
  const step = steps.find((candidate) => rowsOf(candidate) <= mostRows) ?? 1;
  return { step, rows: rowsOf(step) };
}

function linePaint({ lines, slots }: ShareOverTime, line: number, colors: Colors): Paint {
  if (lines === 'slots') return slotPaint(colors, line, slots);
  return [colors.notable, colors.usual, colors.good][line] ?? colors.usual;
}

/** Without colour the lines cannot be told apart, so none is named. */
function caption({ of, lines, shares }: ShareOverTime, paints: readonly Paint[], colors: Colors): string {
  const what = `share of ${of === 'connections' ? 'new connections' : of} over time`;
  const names = lines === 'slots' ? shares.map((_, slot) => `${slot}`) : ['busiest', 'middle', 'least busy'];
  if (!colors.isColorSupported) return `${what}, ${lines === 'slots' ? 'a line per slot' : names.join(', ')}`;
  const legend = names.map((name, line) => `${paints[line]?.('─')} ${colors.dim(name)}`).join('  ');
  return `${colors.dim(what)}  ${legend}`;
}

function timeAxis(length: number, plotWidth: number, colors: Colors): string {
  const end = seconds(length);
  const gap = Math.max(1, plotWidth - 1 - end.length);
  return colors.dim(`${' '.repeat(axisWidth - 1)}0${' '.repeat(gap)}${end}`);
}
