/**
 * A primary of one's own: Node's round robin, whose workers yield to the primary when cores are scarce. Does it hand
 * connections out faster?
 *
 *     bench ./server.js --policy rr,./examples/policies/primary-first.mjs --workers 4
 */
import { fileURLToPath } from 'node:url';
import { definePolicy } from 'cluster-bench';

const primary = fileURLToPath(new URL('./primary.mjs', import.meta.url));

export default definePolicy({
  name: 'primary-first',
  summary: 'round robin, and the workers are niced',
  mechanism: 'round-robin',
  start: ({ app, workers }) => ({
    args: [primary, String(workers), app.path, ...app.args],
    env: { NICE: '10' },
  }),
});
