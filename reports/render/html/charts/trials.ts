import type { RunDescription } from '../../../analysis/describe.js';
import type { TrialFigures } from '../../../analysis/detail/trial-figures.js';
import { integer, jain, microseconds, significant } from '../../format.js';
import { plain, truncate } from '../../text.js';
import { exchangeNoun, latencyName } from '../../words.js';
import type { RunChartKind } from '../chart.js';
import type { Formatter } from '../formatters.js';
import type { ChartOption } from '../live-chart.js';
import { color, slotColor } from '../palette.js';
import { rounded } from './axes.js';

interface Shown {
  title: (run: RunDescription) => string;
  formatter: Formatter;
  words: (value: number) => string;
}

const shown: Record<TrialFigures['name'], Shown> = {
  throughput: {
    title: (run) => `Throughput, ${run.cells[0]?.summary.throughput.unit ?? 'requests/s'}`,
    formatter: 'significant',
    words: significant,
  },
  fairness: {
    title: () => 'Fairness, Jain’s index of connections',
    formatter: 'jain',
    words: jain,
  },
  p99: {
    title: ({ comparedLatency }) => `p99 of ${latencyName[comparedLatency ?? 'response']} time`,
    formatter: 'microseconds',
    words: microseconds,
  },
  cpu: {
    title: (run) => `CPU per ${run.cells[0] ? exchangeNoun(run.cells[0].summary) : 'request'}`,
    formatter: 'microseconds',
    words: microseconds,
  },
};

const rank = { throughput: 1, fairness: 3, p99: 3, cpu: 5 } as const;
const rowHeight = 30;
/** More dots than this are drawn as one shape. */
const mostDots = 200;

/** A dot for each valid trial, with their median and its interval, cells below each other. */
export const trialCharts = (['throughput', 'fairness', 'p99', 'cpu'] as const).map(trialChart);

function trialChart(name: TrialFigures['name']): RunChartKind {
  const { title, formatter, words } = shown[name];
  return {
    name: `trials-${name}`,
    rank: rank[name],
    of: (run, details) => {
      const rows = run.cells.flatMap(({ label }, index) => {
        const figures = details[index]?.figures.find((each) => each.name === name);
        return figures ? [{ label: plain(label), figures }] : [];
      });
      if (rows.length === 0) return undefined;
      const intervals = rows.some(({ figures }) => figures.low !== null);
      return {
        title: title(run),
        of: 'each valid trial',
        summary: `${title(run)}, medians: ${rows.map(({ label, figures: { median } }) => `${label} ${median === null ? '–' : words(median)}`).join(', ')}.`,
        note: `A dot for each trial; the bar is their median${intervals ? ', the line its 95 % interval' : ' (too few trials for an interval)'}.${name === 'p99' ? ' The table’s p99 is of all trials together.' : ''}`,
        height: 44 + rows.length * rowHeight,
        option: optionOf(rows, formatter),
        table: {
          head: ['cell', 'trials', 'median', '95 % interval', 'from', 'to'],
          rows: rows.map(({ label, figures }) => tableRow(label, figures, words)),
        },
      };
    },
  };
}

interface Row {
  label: string;
  figures: TrialFigures;
}

function optionOf(rows: readonly Row[], formatter: Formatter): ChartOption {
  const labels = rows.map(({ label }) => truncate(label, 24));
  const longest = Math.max(...labels.map((label) => [...label].length));
  const dots = rows.flatMap(({ figures }, y) =>
    figures.trials.map(({ run, value }) => ({ value: [rounded(value), y], name: `trial ${run}` })),
  );
  const few = dots.length <= mostDots;
  return {
    grid: { left: 24 + longest * 7, right: 28, top: 10, bottom: 30 },
    tooltip: { trigger: 'item', valueFormatter: formatter },
    xAxis: {
      type: 'value',
      scale: true,
      splitNumber: 4,
      ...(formatter === 'jain' && jainAxis(rows)),
      axisLabel: {
        formatter: formatter === 'microseconds' ? 'microsecondsShort' : formatter,
        hideOverlap: true,
      },
    },
    yAxis: {
      type: 'category',
      data: labels,
      inverse: true,
      splitLine: { show: true, lineStyle: { color: color('line') } },
    },
    series: [
      {
        type: 'line',
        silent: true,
        connectNulls: false,
        lineStyle: { color: color('ink'), width: 2 },
        data: rows.flatMap(({ figures: { low, high } }, y) =>
          low === null || high === null
            ? []
            : [
                [rounded(low), y],
                [rounded(high), y],
                ['-', '-'],
              ],
        ),
      },
      {
        type: 'scatter',
        symbol: few ? 'circle' : 'rect',
        symbolSize: few ? 9 : 6,
        large: !few,
        largeThreshold: 0,
        itemStyle: { color: slotColor(0), opacity: 0.55 },
        encode: { x: 0, y: 1, tooltip: 0 },
        data: few ? dots : dots.map(({ value }) => value),
      },
      {
        type: 'scatter',
        silent: true,
        symbol: 'rect',
        symbolSize: [4, 20],
        itemStyle: { color: color('ink'), opacity: 1 },
        data: rows.flatMap(({ figures: { median } }, y) => (median === null ? [] : [[rounded(median), y]])),
      },
    ],
  };
}

/** It ends at 1. Trials that are all as good as 1 would have no length to stand on. */
function jainAxis(rows: readonly Row[]): object {
  const least = Math.min(...rows.flatMap(({ figures }) => figures.trials.map(({ value }) => value)));
  return { max: 1, ...(least > evenFrom && { min: evenFrom, interval: (1 - evenFrom) / 2 }) };
}

/** What is above it prints as 1.0000 or little less. */
const evenFrom = 0.999;

function tableRow(
  label: string,
  { trials, median, low, high }: TrialFigures,
  words: Shown['words'],
): string[] {
  const values = trials.map(({ value }) => value);
  return [
    label,
    integer(trials.length),
    median === null ? '–' : words(median),
    low === null || high === null ? '–' : `${words(low)} to ${words(high)}`,
    words(Math.min(...values)),
    words(Math.max(...values)),
  ];
}
