/**
 * What the preload writes and the reader reads: one folder per trial, and in it per process
 *
 *     <pid>.events             one JSON line per rare event (start, listen, fork, exit, …)
 *     <pid>.process            one row of `processFields`, overwritten at each flush
 *     <pid>-<n>.listener       per listening server a row of `listenerFields`, appended at each flush
 *     <pid>-<n>.accepts        the time of every accept, appended
 *     <pid>.handovers          in a primary, how long each connection that it handed over was on its way, ms, appended
 *
 * Numbers are float64, little-endian on every platform that Node runs on. Times are milliseconds of CLOCK_MONOTONIC,
 * which all processes of a machine share. A row that is overwritten carries its flush's sequence number at both ends, so
 * that a reader can tell a torn row from a whole one.
 */
const processFields = [
  'sequence',
  'atMs',
  'cpuMicroseconds',
  'activeMs',
  'idleMs',
  'maxRssBytes',
  'handed',
  'refusals',
  'sequenceEnd',
] as const;

/** Counts since the server began to listen. */
const listenerFields = [
  'atMs',
  'connections',
  'requests',
  'closed',
  'bytesRead',
  'bytesWritten',
  'dropped',
] as const;

/** The channel on which a TCP app may tell the probe of a request: publish `{socket}`. */
const requestChannel = 'cluster-bench:request';

/** The channel on which our own runtimes put down an event: publish `{type, …}`. */
const eventChannel = 'cluster-bench:event';

/**
 * The channel on which our own primary tells of each connection that it hands over by a pipe: `{worker, what: 'connection'}`
 * when it is sent, `{worker, what: 'arrived', well, tookMs}` when the worker has answered.
 */
const handOverChannel = 'cluster-bench:hand-over';

/** What our own runtimes set on a listening handle: how it came to be one. */
const via: unique symbol = Symbol.for('cluster-bench.via');

export = { via, processFields, listenerFields, requestChannel, eventChannel, handOverChannel };
