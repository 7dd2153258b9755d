import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Environment, RunRecord, TrialRecord } from '../../harness/record.js';
import { buildRun, buildTrial, type TrialOptions } from './build-run.js';

export interface HistoryOfRuns {
  runs: number;
  policies?: string[];
  /** How fast the servers of a run (from 1) are, 1 being usual. */
  speed?: (run: number, policy: string) => number;
  trial?: (run: number, policy: string) => TrialOptions;
  changes?: (run: number, policy: string) => Partial<TrialRecord>;
  environment?: (run: number) => Partial<Environment>;
  record?: (run: number) => Partial<RunRecord>;
}

/** A run a day of three trials per policy, with noise of about 2 %, seeded. */
export function buildHistory({ runs, policies = ['rr'], ...given }: HistoryOfRuns): RunRecord[] {
  const random = xoroshiro128plus(7);
  return Array.from({ length: runs }, (_, index) => {
    const run = index + 1;
    const trials = policies.flatMap((policy) =>
      [1, 2, 3].map((number) => {
        const noise = 1 + 0.07 * (uniformFloat64(random) - 0.5);
        const speed = (given.speed?.(run, policy) ?? 1) * noise;
        const connections = Math.round(5000 * speed);
        const responseUs = Array.from({ length: 100 }, (_, sample) =>
          Math.round((1000 + 20 * sample) / speed),
        );
        return buildTrial(
          {
            policy,
            run: number,
            counts: [connections, connections + 20, connections - 10, connections],
            responseUs,
            ...given.trial?.(run, policy),
          },
          given.changes?.(run, policy),
        );
      }),
    );
    const startedAt = new Date(Date.UTC(2026, 9, run, 7, 57)).toISOString();
    const built = buildRun(trials, { startedAt, finishedAt: startedAt, ...given.record?.(run) });
    return { ...built, environment: { ...built.environment, ...given.environment?.(run) } };
  });
}
