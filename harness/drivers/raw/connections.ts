import { isIP } from 'node:net';
import type { Job } from '../driver.js';
import type { Open } from './connection.js';
import { handleConnections } from './handle-connection.js';
import { netConnections } from './net-connection.js';
import { tcpBinding } from './tcp-binding.js';

/** How the connections of a job are opened, and what the record calls that. */
export function connectionsOf(job: Job, binding = tcpBinding()): { sockets: 'net' | 'handle'; open: Open } {
  const { target, tls } = job;
  if (binding === undefined || tls !== null || !('port' in target) || isIP(target.host) === 0)
    return { sockets: 'net', open: netConnections(job) };
  return { sockets: 'handle', open: handleConnections(job, target, binding) };
}
