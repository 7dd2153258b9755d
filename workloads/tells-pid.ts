import type { Server, Socket } from 'node:net';
import { announceRequest } from './request-channel.js';

/** Send every connection the process's PID and close it, whatever it is that carries it. */
export function tellsPid<S extends Server>(server: S, event = 'connection'): S {
  const answer = `${process.pid}\n`;
  return server.on(event, (socket: Socket) => {
    announceRequest(socket);
    socket.on('error', () => socket.destroy());
    socket.end(answer);
  });
}
