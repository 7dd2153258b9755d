import type { Histogram, RunRecord, TrialRecord } from '../../harness/record.js';
import { buildRun, buildTrial, histogramOf, type TrialOptions, workerRow } from './build-run.js';

/** A run that has all that a record can: what every chart and section of a report is made of. */
export function buildFullRun({
  policies = ['rr', 'shared'],
  workers = [4],
  runs = 6,
  text = 'error',
}: {
  policies?: string[];
  workers?: number[];
  runs?: number;
  /** What an app, a policy or a server may call itself and say. */
  text?: string;
} = {}): RunRecord {
  const cells = workers.flatMap((count) => policies.map((policy) => ({ policy, workers: count })));
  const trials = cells.flatMap((cell, at) =>
    Array.from({ length: runs }, (_, index) => fullTrial({ ...cell, run: index + 1 }, at, text)),
  );
  const [first] = cells;
  const left = buildTrial(
    { ...first, run: runs + 1 },
    { valid: false, error: { code: text, message: text, details: [text, text] } },
  );
  const run = buildRun([...trials, ...(runs > 0 ? [left] : [])], { command: ['bench', text] });
  const [cell = null] = run.trials.map((trial) => trial.cell);
  return {
    ...run,
    plan: { ...run.plan, headers: [['x-test', text]], app: { path: text, args: [text] } },
    thresholds: [
      { threshold: `${text}p99<1ms`, cell, unit: 'us', value: 2000, limit: 1000, passed: false },
      { threshold: 'errors==0', cell, unit: 'number', value: 0, limit: 0, passed: true },
    ],
  };
}

/** The more cells before it, the later a worker's turn; the busiest slot was restarted. */
function fullTrial(
  { policy, workers, run }: { policy: string; workers: number; run: number },
  at: number,
  text: string,
): TrialRecord {
  const order = Array.from({ length: 1200 }, (_, accept) =>
    accept % 5 < 4 ? accept % workers : (accept * 7 + at) % workers,
  );
  const samples = Array.from({ length: 400 }, (_, index) => 200 + ((index * index * 37 + run * 11) % 9000));
  const options: TrialOptions = {
    policy,
    workers,
    run,
    order,
    intervals: 20,
    connectUs: samples,
    responseUs: samples,
  };
  const latency = histogramOf(samples);
  const trial = buildTrial({ ...options, requests: order.slice(0, workers).map((slot) => 900 + slot * 200) });
  const slots = Object.fromEntries(
    trial.workers.map(({ slot }): [string, { response: Histogram }] => [String(slot), { response: latency }]),
  );
  const [killed, ...others] = trial.workers;
  return {
    ...trial,
    workers: killed
      ? [
          { ...killed, exit: { code: null, signal: 'SIGKILL', atSeconds: 0.5 } },
          workerRow(killed.slot, { pid: 50_001, connections: 40, requests: 40 }),
          ...others,
        ]
      : [],
    latency: { ...trial.latency, bySlot: slots, bySlotSampling: 4 },
    handOff: { latency, refusals: 0 },
    acceptOrder: { slots: Buffer.from(Uint16Array.from(order).buffer).toString('base64'), truncated: false },
    timeline: {
      ...trial.timeline,
      active: order.slice(0, workers).map((slot) => Array.from({ length: 20 }, () => 90 + slot * 10)),
      response: Array.from({ length: 6 }, () => latency.hdr),
    },
    warnings: [
      { code: text, [text]: text },
      { code: 'client-saturated', eventLoopUtilization: 0.97 },
    ],
  };
}
