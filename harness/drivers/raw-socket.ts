import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type { Job } from './driver.js';

/**
 * A socket that reads into `buffer` and tells how many bytes came. `onread` spares a buffer and an event per read;
 * `autoSelectFamily` is off since there is one address to try, and no timer for it.
 */
export function openSocket(job: Job, buffer: Buffer, onRead: (bytes: number) => void): Socket {
  const options = {
    ...job.target,
    autoSelectFamily: false,
    onread: {
      buffer,
      callback: (bytes: number) => {
        onRead(bytes);
        return true;
      },
    },
  };
  return connect(options as NetConnectOpts).setNoDelay(true);
}
