/** E1 and E2: 20 connections at a time to 4 workers on an idle server, again and again; who is next to whom. */
import test from 'ava';
import type { TrialRecord } from '../../harness/record.js';
import { assertWhole, runOne, sum } from '../helpers/trials.js';

/** The share of accepts that went to the worker that had the one before. */
function repeats({ sequence }: TrialRecord): number {
  const transitions = sequence?.transitions ?? [];
  return sum(transitions.map((row, slot) => row[slot] ?? 0)) / sum(transitions.flat());
}

test.serial(
  'under round robin few neighbours are equal; under SCHED_NONE connections come in runs',
  async (t) => {
    const plan = { workload: 'burst', workers: [4], connections: 20, requests: 1000 };
    const rr = await runOne(t, { ...plan, policies: ['rr'] });
    const shared = await runOne(t, { ...plan, policies: ['shared'] });
    assertWhole(t, rr);
    assertWhole(t, shared);
    t.log(`repeats: rr ${repeats(rr).toFixed(3)}, shared ${repeats(shared).toFixed(3)}, by chance 0.25`);

    t.true(repeats(rr) < repeats(shared));
  },
);
