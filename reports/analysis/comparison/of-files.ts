import { usageError } from '../../../harness/errors.js';
import type { Cell, RunRecord } from '../../../harness/record.js';
import { type CellTrials, groupByCell } from '../cells.js';
import { type Comparison, type Criteria, compareCells, type Sides } from './compare.js';

export interface FileComparison {
  comparisons: Comparison[];
  /** What differs between the two runs beside what was to be compared. */
  differences: Difference[];
}

export interface Difference {
  what: string;
  base: string;
  candidate: string;
}

/**
 * The cells that two runs have in common, as independent samples: what the machine did between the two runs is in the
 * difference too. The app may be another.
 * @throws BenchError exit code 2 where they have no cell in common
 */
export function compareRuns(base: RunRecord, candidate: RunRecord, criteria: Criteria): FileComparison {
  const [one, other] = [base, candidate].map((run) => groupByCell(run.trials, run.plan)) as [
    CellTrials[],
    CellTrials[],
  ];
  const aloneOnNode = [one, other].every((cells) => new Set(cells.map(({ cell }) => cell.node)).size === 1);
  const key = (cell: Cell) => keyOf(cell, aloneOnNode);
  const sides = one.flatMap((base): Sides[] => {
    const candidate = other.find(({ cell }) => key(cell) === key(base.cell));
    return candidate === undefined ? [] : [{ base, candidate }];
  });
  if (sides.length === 0) throw nothingInCommon(one, other);
  return {
    comparisons: compareCells(sides, false, criteria),
    differences: [...differencesOf(base, candidate, sides), ...alone(one, other, sides)],
  };
}

const fields = [
  'policy',
  'workload',
  'workers',
  'connections',
  'driver',
  'loop',
  'rate',
  'arrivals',
  'scenario',
  'side',
] as const;

function keyOf(cell: Cell, aloneOnNode: boolean): string {
  return JSON.stringify([...fields.map((field) => cell[field] ?? null), aloneOnNode ? null : cell.node]);
}

/** A policy that is no longer measured must not pass unseen. */
function alone(
  one: readonly CellTrials[],
  other: readonly CellTrials[],
  sides: readonly Sides[],
): Difference[] {
  const left = (cells: readonly CellTrials[], which: 'base' | 'candidate') =>
    cells.filter((each) => !sides.some((side) => side[which] === each)).map(({ cell }) => cell);
  const name = ({ policy, workers, node }: Cell) => `the cell ${policy} × ${workers} on Node ${node}`;
  return [
    ...left(one, 'base').map((cell) => ({ what: name(cell), base: 'measured', candidate: 'not measured' })),
    ...left(other, 'candidate').map((cell) => ({
      what: name(cell),
      base: 'not measured',
      candidate: 'measured',
    })),
  ];
}

function nothingInCommon(one: readonly CellTrials[], other: readonly CellTrials[]) {
  const all = (cells: readonly CellTrials[], field: (typeof fields)[number]) =>
    [...new Set(cells.map(({ cell }) => String(cell[field] ?? 'none')))].join(', ');
  const parted = fields
    .map((field) => ({ field, base: all(one, field), candidate: all(other, field) }))
    .filter(({ base, candidate }) => base !== candidate);
  const how = parted
    .map(({ field, base, candidate }) => `${field} is ${base || 'none'} and ${candidate || 'none'}`)
    .join('; ');
  return usageError(
    'nothing-in-common',
    one.length === 0 || other.length === 0
      ? 'one of the two runs has no trial; measure it again'
      : `the two runs have no cell in common: ${how || 'their cells stand on different Nodes'}. Measure both with the same options`,
  );
}

function differencesOf(base: RunRecord, candidate: RunRecord, sides: readonly Sides[]): Difference[] {
  const versions = ({ environment }: RunRecord, which: 'base' | 'candidate') =>
    [...new Set(sides.map((side) => side[which].cell.node))]
      .map((label) => environment.nodes[label]?.version ?? label)
      .join(', ');
  const { environment: one } = base;
  const { environment: other } = candidate;
  const found: [what: string, base: unknown, candidate: unknown][] = [
    ['kernel', one.kernel, other.kernel],
    ['CPU', one.cpuModel, other.cpuModel],
    ['number of CPUs', one.availableParallelism, other.availableParallelism],
    ['platform', `${one.platform} ${one.arch}`, `${other.platform} ${other.arch}`],
    ['Node', versions(base, 'base'), versions(candidate, 'candidate')],
    ['version of bench', base.tool.version, candidate.tool.version],
    ['length of a trial', lengthOf(base), lengthOf(candidate)],
    ['warm-up', `${base.plan.warmupSeconds} s`, `${candidate.plan.warmupSeconds} s`],
    ...loadFields.map((field): [string, unknown, unknown] => [
      field,
      base.plan[field],
      candidate.plan[field],
    ]),
  ];
  return found
    .map(([what, base, candidate]) => ({ what, base: text(base), candidate: text(candidate) }))
    .filter(({ base, candidate }) => base !== candidate);
}

/** What is asked of the servers, beside what cells tell. */
const loadFields = [
  'paths',
  'method',
  'headers',
  'bodyFile',
  'payload',
  'payloadSizeBytes',
  'requestsPerConnection',
  'pipelining',
  'threads',
] as const;

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function lengthOf({ plan: { durationSeconds, requests } }: RunRecord): string {
  return durationSeconds === null ? `${requests} requests` : `${durationSeconds} s`;
}
