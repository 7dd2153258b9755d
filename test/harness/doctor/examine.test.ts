import { surroundings, toPlan } from '../../../cli/plan.js';
import { examine } from '../../../harness/doctor/examine.js';
import { renderDoctor } from '../../../reports/render/doctor.js';
import { thoroughly } from '../../helpers/thorough.js';

/** The whole of `bench doctor` takes 20 s: `.ci/run` has it run. */
thoroughly('an examination tells what spoils a measurement here, as data and on one screen', async (t) => {
  const notes: string[] = [];
  const examination = await examine({
    defaults: toPlan({ args: [] }, surroundings()),
    signal: new AbortController().signal,
    note: (line) => notes.push(line),
    trials: { noise: 3, ceiling: 1 },
  });

  t.is(notes.length, 3);
  const { checks, facts, timers, ceiling, noise } = examination;
  t.is(checks.length, 8);
  t.true(facts.availableParallelism > 0);
  t.true(timers.setTimeout.p99 >= timers.setTimeout.p50 && timers.pacer.p99 >= timers.pacer.p50);
  t.true(Number(ceiling.connections) > 0 && Number(ceiling.requests) > 0);
  t.true(Number(noise?.detectable) > 0);
  t.is(noise?.trials, 3);
  const lines = renderDoctor(examination, { columns: 80, color: false }).split('\n');
  t.true(lines.length <= 40 && lines.every((line) => line.length <= 80));
});
