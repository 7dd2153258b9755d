/** The counters of one listening server, and the files that they are written to. */
import fs = require('node:fs');
import layout = require('./layout.cjs');

const { openSync, writeSync } = fs;
const acceptsCapacity = 4096;

interface Listener {
  connections: number;
  requests: number;
  closed: number;
  bytesRead: number;
  bytesWritten: number;
  dropped: number;
  accepts: Float64Array;
  acceptsLength: number;
  row: Float64Array;
  /** Where the next row goes, bytes. */
  position: number;
  files: { listener: number; accepts: number };
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
    accepts: new Float64Array(acceptsCapacity),
    acceptsLength: 0,
    row: new Float64Array(layout.listenerFields.length),
    position: 0,
    files: {
      listener: openSync(`${base}.listener`, 'w'),
      accepts: openSync(`${base}.accepts`, 'a'),
    },
  };
}

/** The accepts first: no row may tell of one whose time cannot be read. */
function flushListener(listener: Listener, atMs: number): void {
  flushAccepts(listener);
  const { connections, requests, closed, bytesRead, bytesWritten, dropped, row } = listener;
  row.set([atMs, connections, requests, closed, bytesRead, bytesWritten, dropped]);
  // Half a row, on a full disk, is written over by the next.
  const written = writeSync(listener.files.listener, row, 0, row.byteLength, listener.position);
  if (written === row.byteLength) listener.position += written;
}

/** A disk that is full costs the trial its accept order, not the app a connection. */
function flushAccepts(listener: Listener): void {
  if (listener.acceptsLength === 0) return;
  try {
    writeSync(listener.files.accepts, listener.accepts, 0, listener.acceptsLength * 8);
  } catch {}
  listener.acceptsLength = 0;
}

/** One accepted connection. */
function countAccept(listener: Listener, atMs: number): void {
  if (listener.acceptsLength === acceptsCapacity) flushAccepts(listener);
  listener.accepts[listener.acceptsLength++] = atMs;
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
