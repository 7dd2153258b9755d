import type { RunDescription } from '../../../analysis/describe.js';
import type { CellDetail } from '../../../analysis/detail/detail.js';
import { plain } from '../../text.js';
import { latencyName } from '../../words.js';
import { chartHeight, type RunChartKind } from '../chart.js';
import { slotColor, slotColors } from '../palette.js';
import { curves, rarityNote } from './percentiles.js';

export const comparedPercentiles = {
  name: 'compared-percentiles',
  rank: 1,
  of: (run: RunDescription, details: readonly CellDetail[]) => {
    const kind = run.comparedLatency;
    const all = run.cells.flatMap(({ label }, index) => {
      const found = details[index]?.percentiles.find((each) => each.kind === kind);
      return found ? [{ name: plain(label), curve: found.curve, color: slotColor(index) }] : [];
    });
    if (kind === null || all.length < 2) return undefined;
    const shown = all.slice(0, slotColors);
    return {
      title: `${latencyName[kind].replace(/^./, (first) => first.toUpperCase())} time by percentile`,
      of: 'all valid trials together',
      summary: `${latencyName[kind]} time of ${shown.map(({ name }) => name).join(', ')} by percentile.`,
      note: `${rarityNote}${all.length > shown.length ? ` The first ${slotColors} of ${all.length}.` : ''}`,
      height: chartHeight + 40,
      option: curves(shown),
    };
  },
} satisfies RunChartKind;
