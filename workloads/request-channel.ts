import { channel } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const requests = channel('cluster-bench:request');

/** Tell a probe, if one listens, that a request came in on `socket`: on bare TCP nobody else can know. */
export function announceRequest(socket: Socket): void {
  if (requests.hasSubscribers) requests.publish({ socket });
}
