import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { Job } from '../driver.js';

/**
 * A socket that reads into `buffer` and tells how many bytes came. `onread` spares a buffer and an event per read;
 * `autoSelectFamily` is off since there is one address to try, and no timer for it.
 * @param index of the connection's place, which tells its source address where there are several
 */
export function openSocket(
  { target, tls, localAddresses }: Job,
  index: number,
  buffer: Buffer,
  onRead: (bytes: number) => void,
): Socket {
  const localAddress = localAddresses[index % localAddresses.length];
  const options = {
    ...target,
    ...(localAddress === undefined ? {} : { localAddress }),
    autoSelectFamily: false,
    onread: {
      buffer,
      callback: (bytes: number) => {
        onRead(bytes);
        return true;
      },
    },
  };
  if (tls === null) return connect(options as NetConnectOpts).setNoDelay(true);
  const { ca, insecure } = tls;
  const secure = { ...(ca === null ? {} : { ca }), rejectUnauthorized: !insecure };
  return connectTls({ ...options, ...secure } as ConnectionOptions).setNoDelay(true);
}

/** The event that tells that the socket can be written to. The one that tells that it is connected is always `connect`. */
export function readyEvent({ tls }: Job): 'connect' | 'secureConnect' {
  return tls === null ? 'connect' : 'secureConnect';
}
