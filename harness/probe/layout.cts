/**
 * What the preload writes and the reader reads: one folder per trial, and in it per process
 *
 *     <pid>.events             one JSON line per rare event (start, listen, fork, exit, …)
 *     <pid>.process            one row of `processFields`, overwritten at each flush
 *     <pid>-<n>.listener       one row of `listenerFields` per listening server, overwritten at each flush
 *     <pid>-<n>.accepts        the time of every accept, appended
 *     <pid>-<n>.bins           rows of `binFields`, appended
 *
 * Numbers are float64, little-endian on every platform that Node runs on. Times are milliseconds of CLOCK_MONOTONIC,
 * which all processes of a machine share. A row carries its flush's sequence number at both ends, so that a reader can
 * tell a torn row from a whole one.
 */
const processFields = [
  'sequence',
  'atMs',
  'cpuMicroseconds',
  'activeMs',
  'idleMs',
  'maxRssBytes',
  'sequenceEnd',
] as const;

const listenerFields = [
  'sequence',
  'connections',
  'requests',
  'closed',
  'bytesRead',
  'bytesWritten',
  'dropped',
  'sequenceEnd',
] as const;

/** `bin` counts 10 ms of the shared clock; empty bins are left out. */
const binFields = ['bin', 'requests', 'closed'] as const;

const binMs = 10;

/** The channel on which a TCP app may tell the probe of a request: publish `{socket}`. */
const requestChannel = 'cluster-bench:request';

export = { processFields, listenerFields, binFields, binMs, requestChannel };
