import { createServer } from 'node:tls';
import { certificate, privateKey } from './certificate.js';
import { connect } from './connect.js';
import { tellsPid } from './tells-pid.js';
import type { Workload } from './workload.js';

export const tls = {
  ...connect,
  name: 'tls',
  summary: 'TLS connection churn: connect, shake hands, the server sends its PID and closes',
  certificate,
  serve() {
    const server = tellsPid(createServer({ cert: certificate, key: privateKey }), 'secureConnection');
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    server.listen(0, '127.0.0.1');
  },
} satisfies Workload;
