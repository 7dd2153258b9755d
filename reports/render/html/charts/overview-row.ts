import type { CellDescription } from '../../../analysis/describe.js';
import type { AcceptStrip } from '../../../analysis/detail/accept-strip.js';
import type { CellDetail } from '../../../analysis/detail/detail.js';
import type { Verdict } from '../../../analysis/fairness.js';
import type { LatencyKind } from '../../../analysis/latency-summary.js';
import { microseconds, percent } from '../../format.js';
import { cpuPhrases, throughputPhrases } from '../../phrases.js';
import { plain, truncate } from '../../text.js';
import { uncoloured } from '../../uncoloured.js';
import { verdictWord } from '../../words.js';
import { color, slotColor, slotColors } from '../palette.js';
import { dashedAt, rounded } from './axes.js';
import { stripSeries } from './strip.js';

/** What a row shows of a cell. */
export interface Shown {
  label: string;
  verdict: Verdict | null;
  /** The figures beside it, a line each. */
  said: string[];
  /** What was counted. */
  of: string;
  strip: AcceptStrip | null;
  /** Shares, by slot. */
  slots: number[];
  band: { low: number; high: number } | null;
  greatest: number;
}

/** Where it stands, in pixels. */
export interface Place {
  index: number;
  top: number;
  height: number;
  /** Below it. */
  gap: number;
  strip: { left: number; width: number; lines: number };
  bars: { left: number; width: number };
}

/** Bars with their share below have room for so many, or with their slot's number. */
export const mostShares = 4;
const mostNumbers = 10;
const letters = 20;

export function shownOf(
  { label, summary, typical }: CellDescription,
  detail: CellDetail | undefined,
  compared: LatencyKind | null,
): Shown[] {
  const total = typical?.slots.reduce((sum, { connections }) => sum + connections, 0) ?? 0;
  if (!typical || !detail?.typical || total === 0) return [];
  const { band, strip } = detail.typical;
  const slots = typical.slots.map(({ connectionShare }) => connectionShare);
  const { verdict } = summary.fairness.connections;
  const latency = compared && summary.latency[compared];
  return [
    {
      label: truncate(plain(label), letters),
      verdict,
      said: [
        ...(verdict === null ? [] : [verdictWord[verdict]]),
        ...throughputPhrases(summary, uncoloured).slice(0, 1),
        ...(latency ? [`p99 ${microseconds(latency.p99)}`] : []),
        ...(summary.cpuPerExchange ? [`CPU ${cpuPhrases(summary)[0]}`] : []),
      ],
      of: typical.of,
      strip,
      slots,
      band: band && { low: band.low / total, high: band.high / total },
      greatest: Math.max(band ? band.high / total : 0, ...slots),
    },
  ];
}

/** The parts of an option that are the row's: axes in pairs, of the strip and of the bars. */
export function cellRow(shown: Shown, { index, top, height, strip, bars }: Place, greatest: number) {
  const [ofStrip, ofBars] = [2 * index, 2 * index + 1];
  const accepts =
    shown.strip && stripSeries(shown.strip, shown.slots.length, { ...strip, height, axis: ofStrip });
  const none = { show: false, gridIndex: ofStrip };
  const isFew = shown.slots.length <= mostShares;
  return {
    note: accepts?.note ?? '',
    titles: titlesOf(shown, top),
    grids: [
      { left: strip.left, top, width: strip.width, height },
      { left: bars.left, top, width: bars.width, height },
    ],
    xAxes: [
      accepts?.xAxis ?? { ...none, type: 'value' },
      {
        type: 'category',
        gridIndex: ofBars,
        data: shown.slots.map((share, slot) => (isFew ? percent(share) : `${slot}`)),
        axisLabel: {
          show: shown.slots.length <= mostNumbers,
          margin: 7,
          interval: 0,
          ...(isFew && { color: color('ink'), fontSize: 11 }),
        },
      },
    ],
    yAxes: [
      accepts?.yAxis ?? { ...none, type: 'value' },
      { type: 'value', show: false, gridIndex: ofBars, min: 0, max: rounded(greatest) },
    ],
    series: [...(accepts?.series ?? []), barSeries(shown, ofBars)],
  };
}

/** Better than dice, as dice, and worse. */
const verdictColor = {
  'more-even': 'good',
  'random-like': 'accent',
  skewed: 'warn',
} as const satisfies Record<Verdict, string>;

function titlesOf({ label, verdict, said }: Shown, top: number): object[] {
  const [first = '', ...others] = said;
  const line = { left: -5, padding: [0, 5], itemGap: 7 };
  return [
    { ...line, text: label, top, textStyle: { color: color('ink'), fontSize: 15, fontWeight: 'bold' } },
    {
      ...line,
      text: first,
      top: top + 24,
      textStyle: {
        color: color(verdict === null ? 'muted' : verdictColor[verdict]),
        fontSize: 13,
        fontWeight: 'bold',
      },
      subtext: others.join('\n'),
      subtextStyle: { color: color('muted'), fontSize: 12, lineHeight: 17 },
    },
  ];
}

function barSeries({ slots, band }: Shown, axis: number) {
  return {
    type: 'bar',
    xAxisIndex: axis,
    yAxisIndex: axis,
    barMaxWidth: 40,
    barCategoryGap: slots.length > mostNumbers ? '10%' : '22%',
    data: slots.map((share, slot) => ({
      value: rounded(share),
      itemStyle: { color: slotColor(slots.length > slotColors ? 0 : slot) },
    })),
    markLine: dashedAt(1 / slots.length),
    ...(band && {
      markArea: {
        silent: true,
        itemStyle: { color: color('ink'), opacity: 0.2 },
        z: 4,
        data: [[{ yAxis: rounded(band.low) }, { yAxis: rounded(band.high) }]],
      },
    }),
  };
}
