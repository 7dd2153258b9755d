import type { Boundary, Difference } from '../analysis/circumstances.js';
import type { CellHistory, Gap, History } from '../analysis/history.js';
import type { Change, Series } from '../analysis/history-series.js';
import { integer, jain, microseconds, plural, probability, significant, utcMinute } from './format.js';
import { plain, truncate } from './text.js';

export function metricName({ metric, exchange }: Series): string {
  return {
    throughput: 'throughput',
    p50: 'response p50',
    p99: 'response p99',
    cpu: `CPU per ${exchange}`,
    jain: 'Jain of connections',
  }[metric];
}

export function figure({ unit }: Pick<Series, 'unit'>, value: number): string {
  if (unit === null) return jain(value);
  return unit === 'us' ? microseconds(value) : significant(value);
}

export function changeSentence(series: Series, change: Change, runs: number): string {
  const { from, to, ratio, run, startedAt, facts, p, file, coincides } = change;
  const unit = series.metric === 'throughput' ? ` ${series.unit}` : '';
  const [before, after] = [figure(series, from), figure(series, to)];
  const share = significant(Math.abs(ratio - 1) * 100);
  const how =
    before === after
      ? `changed by less than its digits show (${before})`
      : `${ratio < 1 ? 'fell' : 'rose'} by ${share} % (from ${before} to ${after}${unit})`;
  const where = [
    `run ${run} of ${runs}`,
    utcMinute(startedAt),
    `bench ${facts.tool}`,
    `Node ${facts.node}`,
    `kernel ${facts.kernel}`,
  ];
  return (
    `${metricName(series)} ${how} at ${plain(where.join(', '))} (p ${probability(p)}): ` +
    `${plain(file)}${coincidence(coincides, run)}`
  );
}

function coincidence(boundaries: readonly Boundary[], at: number): string {
  if (boundaries.length === 0) return '';
  const told = boundaries.map(({ what, before, after, run }) => {
    const beside = run === at ? '' : ` at run ${run}`;
    return `${nameOfFact(what)} ${short(before)} → ${short(after)}${beside}`;
  });
  return `. It coincides with ${told.join('; ')}`;
}

/** Where a series shows no change. */
export function steadySentence(series: Series, { method }: History): string {
  const { points, enough } = series;
  if (points.length === 0) return `${metricName(series)}: not measured in any run`;
  if (enough) return `${metricName(series)}: no change in ${plural(points.length, 'run')}`;
  return (
    `${metricName(series)}: ${plural(points.length, 'run')} with a figure; no change can be told from chance in ` +
    `fewer than ${method.fewestValues}`
  );
}

export function gapSentences({ gaps }: CellHistory): string[] {
  const absent = gaps.filter(({ why }) => why === 'absent').map(({ run }) => run);
  const invalid = gaps.filter((gap): gap is Gap & { why: 'invalid' } => gap.why === 'invalid');
  return [
    ...(absent.length > 0 ? [`gap: not in ${runRanges(absent)}`] : []),
    ...invalid.map(
      ({ run, trials, validTrials }) => `gap: run ${run}, ${validTrials} of ${plural(trials, 'trial')} valid`,
    ),
  ];
}

const mostValues = 4;

export function differenceSentence({ what, values }: Difference): string {
  const told = values.slice(0, mostValues).map(({ value, runs }) => `${short(value)} in ${runRanges(runs)}`);
  const more = values.length > mostValues ? [`${integer(values.length - mostValues)} more`] : [];
  return `${nameOfFact(what)} is not the same in all runs: ${[...told, ...more].join('; ')}. A change there may come from it.`;
}

const namesOfFacts: Record<string, string> = {
  cpuModel: 'CPU model',
  cores: 'number of cores',
  availableParallelism: 'number of available CPUs',
  node: 'Node',
  toolNode: 'Node of bench',
  tool: 'bench',
};

/** What is of the plan has the name that it has in the record: `plan.durationSeconds`. */
function nameOfFact(what: string): string {
  return namesOfFacts[what] ?? what;
}

const mostRanges = 5;

/** `run 3`, `runs 1–4, 7`. */
export function runRanges(runs: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const run of runs) {
    const last = ranges.at(-1);
    if (last?.[1] === run - 1) last[1] = run;
    else ranges.push([run, run]);
  }
  const told = ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
  const list = told.length > mostRanges ? [...told.slice(0, mostRanges - 1), '…'] : told;
  return `run${runs.length === 1 ? '' : 's'} ${list.join(', ')}`;
}

function short(value: string): string {
  return truncate(plain(value), 40);
}
