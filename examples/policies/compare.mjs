/**
 * Policies of one's own beside those of bench, from a program.
 *
 *     node examples/policies/compare.mjs
 */
import { definePolicy, render, run } from 'cluster-bench';
import primaryFirst from './primary-first.mjs';

const fillFirst = definePolicy({
  name: 'fill-first',
  summary: 'one worker after the other is filled',
  scheduler: new URL('./fill-first.mjs', import.meta.url),
});

const record = await run({
  policies: ['rr', primaryFirst, 'least-connections', fillFirst],
  workers: [3],
  durationSeconds: 1,
  runs: 3,
});
process.stdout.write(await render(record, 'terminal', { columns: process.stdout.columns ?? 80 }));
