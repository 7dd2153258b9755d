/** The counters of one listening server, and the files that they are written to. */
import fs = require('node:fs');
import layout = require('./layout.cjs');
import series = require('./series.cjs');

const { openSync, writeSync } = fs;

interface Listener {
  connections: number;
  requests: number;
  closed: number;
  bytesRead: number;
  bytesWritten: number;
  dropped: number;
  /** When each was accepted. */
  accepts: ReturnType<typeof series.open>;
  row: Float64Array;
  /** Where the next row goes, bytes. */
  position: number;
  file: number;
}

/** Opens the two files `<base>.listener` and `.accepts`. */
function openListener(base: string): Listener {
  return {
    connections: 0,
    requests: 0,
    closed: 0,
    bytesRead: 0,
    bytesWritten: 0,
    dropped: 0,
    accepts: series.open(`${base}.accepts`),
    row: new Float64Array(layout.listenerFields.length),
    position: 0,
    file: openSync(`${base}.listener`, 'w'),
  };
}

/** The accepts first: no row may tell of one whose time cannot be read. */
function flushListener(listener: Listener, atMs: number): void {
  series.flush(listener.accepts);
  const { connections, requests, closed, bytesRead, bytesWritten, dropped, row } = listener;
  row.set([atMs, connections, requests, closed, bytesRead, bytesWritten, dropped]);
  // Half a row, on a full disk, is written over by the next.
  const written = writeSync(listener.file, row, 0, row.byteLength, listener.position);
  if (written === row.byteLength) listener.position += written;
}

/** One accepted connection. */
function countAccept(listener: Listener, atMs: number): void {
  series.add(listener.accepts, atMs);
  listener.connections += 1;
}

/** No clock is read here: a server of small answers would feel it (2–3 % of its throughput). */
function countRequest(listener: Listener): void {
  listener.requests += 1;
}

/** One that came to a UDP socket: it is all at once what is accepted, asked and over. */
function countDatagram(listener: Listener, atMs: number, bytes: number): void {
  countAccept(listener, atMs);
  countRequest(listener);
  countClose(listener, bytes, 0);
}

function countClose(listener: Listener, bytesRead: number, bytesWritten: number): void {
  listener.closed += 1;
  listener.bytesRead += bytesRead;
  listener.bytesWritten += bytesWritten;
}

export = { openListener, flushListener, countAccept, countRequest, countDatagram, countClose };
