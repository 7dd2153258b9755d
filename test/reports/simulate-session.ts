/** `bench ab` on made-up figures, seeded, with its looks. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { TrialRecord } from '../../harness/record.js';
import { type Comparison, compareCells } from '../../reports/analysis/comparison/compare.js';
import { alphaOf, isDecided, looksOf } from '../../reports/analysis/comparison/stopping.js';
import { buildTrial } from './build-run.js';

export type Order = (block: number) => ('base' | 'candidate')[];

export interface Session {
  /** Of ln of one trial's figure. */
  sd: number;
  /** What the machine loses from the first trial to the last. */
  drift?: number;
  /** ln of the candidate's true ratio, of every metric to the worse. */
  effect?: number;
  fewest: number;
  most: number;
  gate?: string[];
  minEffect?: number;
  order?: Order;
}

const template = buildTrial({ measuredSeconds: 1, responseUs: [100] });

export function simulateSession(
  seed: number,
  { sd, drift = 0, effect = 0, fewest, most, order, ...asked }: Session,
): Comparison {
  const random = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(random);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const plan = { runs: most, fewestRuns: fewest < most ? fewest : null };
  const trials: { base: TrialRecord[]; candidate: TrialRecord[] } = { base: [], candidate: [] };
  const shuffled: Order = () => (uniform() < 0.5 ? ['base', 'candidate'] : ['candidate', 'base']);
  let ran = 0;
  const figure = (side: string) => {
    const lost = (drift * ran) / (2 * most);
    return Math.exp((side === 'candidate' ? effect : 0) + sd * normal()) / (1 - lost);
  };
  for (let block = 1; ; block += 1) {
    for (const side of (order ?? shuffled)(block)) {
      trials[side].push(trialWith(trials[side].length + 1, 1e6 / figure(side), 1000 * figure(side)));
      ran += 1;
    }
    if (!looksOf(plan).includes(block)) continue;
    const cells = { base: cellOf(trials.base), candidate: cellOf(trials.candidate) };
    const criteria = { gate: ['throughput', 'p99'], minEffect: 0.05, ...asked, alpha: alphaOf(plan) };
    const found = compareCells([cells], true, criteria);
    if (isDecided(found) || block === most) return found[0] as Comparison;
  }
}

const cellOf = (trials: TrialRecord[]) => ({ cell: template.cell, trials });

function trialWith(run: number, perSecond: number, p99: number): TrialRecord {
  const { client, latency } = template;
  const response = latency.response && { ...latency.response, p99 };
  return {
    ...template,
    run,
    client: { ...client, completedByDeadline: perSecond },
    latency: { ...(response && { response }) },
  };
}
