import { createServer } from 'node:http';
import type { Workload } from './workload.js';

export const http = {
  name: 'http',
  summary: 'HTTP/1.1 with keep-alive: GET, a small plain-text answer',
  driver: 'autocannon',
  exchange: ({ method, paths, headers, body }) => ({ kind: 'http', method, paths, headers, body }),
  serveArguments: () => [],
  serve() {
    const body = `Hello from ${process.pid}\n`;
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/plain');
      response.end(body);
    });
    server.listen(0, '127.0.0.1');
  },
} satisfies Workload;
