/** What travels between the primary and the workers of our cluster runtime. */
declare namespace messages {
  /** What a server of a worker asks to listen on, as Node puts it (lib/net.js, `listenInCluster`). */
  export interface Address {
    address: string | null;
    /** -1 for a path. */
    port: number;
    /** 4 or 6; -1 for a path, `udp4` and `udp6` for datagrams, null where a host name is still to be looked at. */
    addressType: number | string | null;
    fd: number | undefined;
    flags: number | undefined;
    backlog: number | undefined;
    /** How many servers of this worker have asked for the same before. */
    index: number;
  }

  export type ToPrimary =
    | { act: 'query'; seq: number; at: Address; data?: unknown }
    | { act: 'listening'; key: string }
    | { act: 'close'; key: string }
    /** With the handle: a connection that this worker cannot take. */
    | { act: 'refuse'; key: string }
    /** The server has as many connections as it allows, */
    | { act: 'full'; key: string }
    /** and now one less, which is told of each. */
    | { act: 'room'; key: string }
    /** and then, that it has places, and need not be counted. */
    | { act: 'free'; key: string }
    /** So many of its connections have ended. */
    | { act: 'ended'; connections: number }
    | { act: 'utilization'; share: number };

  export type ToWorker =
    /**
     * With a handle where the workers share one, `isSent` where the primary does not keep it; `sockname` where connections
     * are handed over; `errno` where neither can be.
     */
    | {
        act: 'answer';
        seq: number;
        key: string;
        errno: number;
        sockname?: object;
        isSent?: boolean;
        data?: unknown;
        /** Where connections come from, if not from this channel. */
        pipeFd?: number | undefined;
      }
    /** With the handle, where it has no pipe. */
    | { act: 'connection'; key: string };
}

const messages = {
  /** Node shows an app no message whose `cmd` begins with `NODE_`. */
  cmd: 'NODE_CLUSTER_BENCH',
};

export = messages;
