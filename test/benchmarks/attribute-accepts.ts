/** A process of its own: reads and attributes what probes have written as a trial does, and says what that took. */
import { attribute } from '../../harness/attribution.js';
import type { Spell } from '../../harness/drivers/recorder.js';
import { quietPoint } from '../../harness/quiet-point.js';

const [folder = '', root, accepts, slots, seconds] = process.argv.slice(2);
const window = { startedAtMs: 0, deadlineMs: Number(seconds) * 1000, endedAtMs: Number(seconds) * 1000 };
const client = { opened: Number(accepts) };
const spell = { ...window, client, responseIntervalSeconds: 1, response: [] } as unknown as Spell;

const startedAt = performance.now();
const after = await quietPoint({
  folder,
  root: Number(root),
  isDriven: () => true,
  sinceMs: 0,
  opened: Number(accepts),
  patienceMs: 0,
  signal: new AbortController().signal,
});
const before = { ...after, workers: [], view: { primary: undefined, agents: [], workers: [] } };
const { conservation, sequence } = attribute({
  folder,
  before,
  after,
  spell,
  slots: Number(slots),
  transport: 'tcp',
  of: 'connections',
  front: 'primary',
});
const took = (performance.now() - startedAt) / 1000;
if (!conservation.holds || sequence?.accepted !== Number(accepts)) throw new Error('accepts were lost');
console.log(JSON.stringify({ seconds: took, maxRssBytes: process.resourceUsage().maxRSS * 1024 }));
