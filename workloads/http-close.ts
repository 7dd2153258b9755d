import { http } from './http.js';
import type { Workload } from './workload.js';

export const httpClose = {
  ...http,
  name: 'http-close',
  summary: 'HTTP/1.1 with a connection per request',
  driver: 'raw',
  requestsPerConnection: 1,
} satisfies Workload;
