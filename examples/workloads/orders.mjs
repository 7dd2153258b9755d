/**
 * A workload of one's own: clients that keep a connection for ten orders.
 *
 *     bench --workload ./examples/workloads/orders.mjs --policy rr,shared --workers 2
 */
import { defineWorkload } from 'cluster-bench';

export default defineWorkload({
  name: 'orders',
  summary: 'POST of a small JSON body, ten on a connection',
  app: new URL('./orders-server.mjs', import.meta.url),
  exchange: {
    kind: 'http',
    method: 'POST',
    paths: ['/orders'],
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ item: 'tea', quantity: 2 }),
  },
  requestsPerConnection: 10,
});
