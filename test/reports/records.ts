import type { RunRecord } from '../../harness/record.js';
import { summarize } from '../../reports/analysis/summary.js';
import { judgeThresholds, parseThreshold, type Threshold } from '../../reports/analysis/thresholds.js';
import { buildRun, buildTrial, type TrialOptions, workerRow } from './build-run.js';

/** What a name or a message may hold that some format takes for its own. */
export const hostile =
  '=1+1,"x"\n<img src=x onerror=alert(1)>|`a`|**b** [c](javascript:d) @someone #1 https://e.example ]]> &lt; $f$ \\';

const sixTrials = (options: TrialOptions) =>
  Array.from({ length: 6 }, (_, index) =>
    buildTrial({ ...options, run: index + 1, connectUs: [200, 300, 400], intervals: 10 }),
  );

const inTurns = Array.from({ length: 1000 }, (_, index) => index % 4);
const unevenly = Array.from({ length: 1000 }, (_, index) => (index % 10 < 7 ? 0 : (index % 3) + 1));

const severalCells = withThresholds(
  buildRun([
    ...sixTrials({ policy: 'rr', order: inTurns, responseUs: [800, 900] }),
    ...sixTrials({ policy: 'shared', order: unevenly, mechanism: 'shared', responseUs: [100, 200, 5000] }),
  ]),
  ['p99<2ms', 'rr:errors==0', 'fairness.connections.jain>=floor', 'service.p99<9s', 'handle:errors==0'],
);

function withThresholds(run: RunRecord, texts: readonly string[]): RunRecord {
  const thresholds = texts.map((text) => parseThreshold(text) as Threshold);
  return { ...run, thresholds: judgeThresholds(thresholds, summarize(run)) };
}

function ofTwoSides(): RunRecord {
  const throughputs = { base: 1000, candidate: 800 };
  const trials = Array.from({ length: 12 }, (_, index) => index + 1).flatMap((run) =>
    (['base', 'candidate'] as const).map((side) => {
      const trial = buildTrial({ run, workers: 2, completedByDeadline: throughputs[side] + run });
      return { ...trial, cell: { ...trial.cell, side } };
    }),
  );
  const run = buildRun(trials);
  const side = { app: null, policy: 'rr', workers: 2, node: '24.11.0' };
  return { ...run, plan: { ...run.plan, sides: { base: side, candidate: side } } };
}

function inAScenario(): RunRecord {
  const suffered = { stuck: 1, reset: 2, refused: 0, hung: 0, closed: 0 };
  const scenario = {
    ...{ name: 'kill', slot: 0, atSeconds: 0.5, burst: 50, longestWaitSeconds: 0.2, secondsToEven: null },
    ...suffered,
    background: suffered,
  };
  const exit = { code: null, signal: 'SIGKILL', atSeconds: 0.5 };
  const workers = [
    workerRow(0, { connections: 500, exit }),
    workerRow(0, { pid: 50_001, connections: 300 }),
    workerRow(1, { connections: 200 }),
    workerRow(2),
  ];
  return buildRun([buildTrial({ workers: 3 }, { scenario, workers })]);
}

function withHostileNames(): RunRecord {
  const error = { code: hostile, message: hostile, details: [hostile] };
  const warnings = [{ code: hostile, [hostile]: hostile }];
  const trials = [
    buildTrial({ policy: hostile, connectUs: [1] }, { warnings }),
    buildTrial({ policy: hostile, run: 2 }, { valid: false, error }),
    buildTrial({ policy: 'rr' }),
  ].map((trial) => ({ ...trial, cell: { ...trial.cell, app: hostile } }));
  const run = buildRun(trials, { command: ['bench', hostile] });
  const environment = { ...run.environment, cpuModel: hostile, peers: { [hostile]: hostile } };
  const app = { path: hostile, args: [hostile] };
  const [cell = null] = trials.map((trial) => trial.cell);
  const threshold = { threshold: hostile, cell, unit: 'verdict' as const, passed: false };
  const thresholds = [{ ...threshold, value: hostile, limit: hostile }];
  return { ...run, environment, plan: { ...run.plan, app }, thresholds };
}

/** Every kind of run that there is to show. */
export const records = {
  'several cells': severalCells,
  'two sides': ofTwoSides(),
  'a scenario that ended a worker': inAScenario(),
  'requests that differ from connections': buildRun([
    buildTrial({ workload: 'http', counts: [25, 25], requests: [900, 100], responseUs: [10] }),
  ]),
  'several Nodes and numbers of workers': buildRun([
    buildTrial({ workers: 1, policy: 'single', node: '22.1.0' }),
    buildTrial({ workers: 8, node: '24.1.0' }),
  ]),
  'nothing that completed': buildRun([buildTrial({ counts: [0, 0] }, { measuredSeconds: 0 })]),
  'no valid trial': buildRun([
    buildTrial({}, { valid: false, error: { code: 'mechanism', message: 'expected reuseport' } }),
    buildTrial({ run: 2 }, { valid: false }),
  ]),
  'no trial': buildRun([], { interrupted: true }),
  'hostile names': withHostileNames(),
} satisfies Record<string, RunRecord>;
