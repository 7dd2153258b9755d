import type { ThresholdRecord } from '../../harness/record.js';
import type { Verdict } from './fairness.js';
import type { CellSummary } from './summary.js';
import { type ThresholdMetric, thresholdMetrics } from './threshold-metrics.js';

/** `[policy:]metric operator limit`. */
export interface Threshold {
  /** As the user wrote it. */
  text: string;
  /** Only its cells; without one it is for all. */
  policy?: string;
  metric: ThresholdMetric;
  operator: Operator;
  /** In the metric's unit; `floor` is each cell's own. */
  limit: number | Verdict | 'floor';
}

/** Why a text is no threshold: what was expected, and what a slip may have been meant to be. */
export interface NoThreshold {
  expected: string;
  slip?: { typed: string; names: readonly string[] };
}

type Operator = keyof typeof holds;
type Value = number | string;

const holds = {
  '<': (value: Value, limit: Value) => value < limit,
  '<=': (value: Value, limit: Value) => value <= limit,
  '>': (value: Value, limit: Value) => value > limit,
  '>=': (value: Value, limit: Value) => value >= limit,
  '==': (value: Value, limit: Value) => value === limit,
  '!=': (value: Value, limit: Value) => value !== limit,
} as const;

/** The last operator counts and the last colon before it: names of policies have colons, and those of files anything. */
const shape = /^(?:(.*):)?([^:]*?)(<=|>=|==|!=|<|>)([^<>=!]*)$/s;

export function parseThreshold(given: string): Threshold | NoThreshold {
  const text = given.trim();
  const [, policy, name = '', operator = '', limitText = ''] = shape.exec(text) ?? [];
  if (operator === '')
    return { expected: "a metric, one of < <= > >= == != and a limit, in quotes, such as 'p99<20ms'" };
  if (policy?.trim() === '') return { expected: "a policy before the colon, such as 'rr:p99<20ms'" };
  const metric = thresholdMetrics.find((one) => one.name === name.trim());
  if (metric === undefined)
    return {
      expected: 'a metric, such as p99, connect.p99, throughput, errors, cpu or fairness.connections.jain',
      slip: { typed: name.trim(), names: thresholdMetrics.map((one) => one.name) },
    };
  if (metric.unit === 'verdict' && operator !== '==' && operator !== '!=')
    return { expected: '== or != before a verdict' };
  const limit = limitOf(metric, limitText.trim());
  if (typeof limit === 'object') return limit;
  return {
    text,
    ...(policy !== undefined && { policy: policy.trim() }),
    metric,
    operator: operator as Operator,
    limit,
  };
}

const verdicts = ['more-even', 'random-like', 'skewed'] as const satisfies Verdict[];

/** The units that a limit may have, as powers of ten of the metric's own; none is the empty one. */
const powers: Record<Exclude<ThresholdMetric['unit'], 'verdict'>, Record<string, number>> = {
  us: { us: 0, µs: 0, μs: 0, ms: 3, s: 6 },
  '1/s': { '': 0 },
  number: { '': 0 },
  ratio: { '': 0, '%': -2 },
};

const expectedLimit: Record<ThresholdMetric['unit'], string> = {
  us: 'a time with its unit, such as 20ms, 1.5s or 300us',
  '1/s': 'a number per second, such as 5000',
  number: 'a number, such as 2 or 1.5',
  ratio: 'a number or a percentage, such as 0.98 or 98%',
  verdict: `${verdicts.slice(0, -1).join(', ')} or ${verdicts.at(-1)}`,
};

function limitOf({ name, unit, floor }: ThresholdMetric, text: string): Threshold['limit'] | NoThreshold {
  const names = [...(unit === 'verdict' ? verdicts : []), ...(floor ? ['floor' as const] : [])];
  const named = names.find((one) => one === text);
  if (named !== undefined) return named;
  if (unit !== 'verdict') {
    const [, digits, suffix = ''] = /^(\d+(?:\.\d+)?|\.\d+)\s*(\D*)$/.exec(text) ?? [];
    const power = Object.hasOwn(powers[unit], suffix) ? powers[unit][suffix] : undefined;
    // By its exponent: a product would not always be the nearest number there is.
    const limit = digits === undefined || power === undefined ? Number.NaN : Number(`${digits}e${power}`);
    if (Number.isFinite(limit)) return limit;
  }
  const orFloor = floor ? ', or floor: what a fair random draw would give' : '';
  return {
    expected: `${expectedLimit[unit]}${orFloor}, after ${name}`,
    ...(text !== '' && names.length > 0 && { slip: { typed: text, names } }),
  };
}

/** Each threshold against every cell that it is for, in the order of both. One whose policy has no cell is missed. */
export function judgeThresholds(
  thresholds: readonly Threshold[],
  cells: readonly CellSummary[],
): ThresholdRecord[] {
  return thresholds.flatMap((threshold) => {
    const { text, policy, metric } = threshold;
    const judged = cells.filter(({ cell }) => policy === undefined || cell.policy === policy);
    return judged.length > 0
      ? judged.map((cell) => judge(threshold, cell))
      : [{ threshold: text, cell: null, unit: metric.unit, value: null, limit: null, passed: false }];
  });
}

function judge({ text, metric, operator, limit: asked }: Threshold, summary: CellSummary): ThresholdRecord {
  const { cell, trials, validTrials } = summary;
  // Of a cell that is mostly not valid, what is left proves nothing.
  const value = validTrials * 2 < trials ? null : metric.read(summary);
  const limit = asked === 'floor' ? (metric.floor?.(summary) ?? null) : asked;
  const passed = value !== null && limit !== null && holds[operator](value, limit);
  return { threshold: text, cell, unit: metric.unit, value, limit, passed };
}
