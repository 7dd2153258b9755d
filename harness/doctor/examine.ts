import { describeEnvironment, mostConnections } from '../environment.js';
import type { Plan, TrialRecord } from '../record.js';
import { runPlan } from '../run.js';
import { checksOf } from './checks.js';
import type { Examination } from './examination.js';
import { machineFacts } from './machine.js';
import { noiseOf } from './noise.js';
import { pacerLateness, timerLateness } from './timers.js';

/** How many it takes for the noise, and for the client's ceiling. */
const usual = { noise: 12, ceiling: 3 };

export interface ExamineOptions {
  /** A plan's defaults. */
  defaults: Plan;
  signal: AbortSignal;
  /** What it is at. */
  note(line: string): void;
  trials?: typeof usual;
}

/**
 * Takes about 20 s, and starts the built-in servers like every run.
 * @throws the signal's reason once it is aborted
 */
export async function examine({
  defaults,
  signal,
  note,
  trials = usual,
}: ExamineOptions): Promise<Examination> {
  const environment = await describeEnvironment({ nodes: {} });
  note('watching the machine at rest');
  const facts = await machineFacts(environment);
  const timers = { setTimeout: await timerLateness(), pacer: await pacerLateness() };
  const connections = Math.max(1, Math.min(defaults.connections, mostConnections(facts.openFilesLimit)));
  const short = { ...defaults, connections, durationSeconds: 0.5, requests: null, warmupSeconds: 0.2 };
  const trialsOf = async (changes: Partial<Plan>): Promise<TrialRecord[]> => {
    const { run } = await runPlan({ ...short, ...changes }, { signal, summarize: () => [] });
    signal.throwIfAborted();
    return run.trials;
  };
  note(`${trials.noise} short trials of the same, for the noise`);
  const same = await trialsOf({ policies: ['rr'], workload: 'connect', runs: trials.noise });
  note(`${trials.ceiling} with keep-alive, for the client's ceiling`);
  const kept = await trialsOf({
    policies: ['shared'],
    workload: 'http',
    driver: 'raw',
    runs: trials.ceiling,
  });
  return {
    environment,
    facts,
    checks: checksOf(facts),
    ceiling: { requests: ceilingOf(kept), connections: ceilingOf(same) },
    timers,
    noise: noiseOf(same),
  };
}

/** From the trial in which the client needed least, so from the one that was disturbed least. */
function ceilingOf(trials: readonly TrialRecord[]): number | null {
  const perSecond = trials
    .filter(({ valid, client }) => valid && client.cpuSeconds > 0)
    .map(({ client }) => client.requestsCompleted / client.cpuSeconds);
  return perSecond.length === 0 ? null : Math.max(...perSecond);
}
