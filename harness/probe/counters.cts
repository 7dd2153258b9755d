/** The counters of one listening server, and the files that they are written to. */
import fs = require('node:fs');
import layout = require('./layout.cjs');

const { openSync, writeSync } = fs;
const acceptsCapacity = 4096;
const binsCapacity = 256;

interface Listener {
  connections: number;
  requests: number;
  closed: number;
  bytesRead: number;
  bytesWritten: number;
  dropped: number;
  accepts: Float64Array;
  acceptsLength: number;
  bins: Float64Array;
  binsLength: number;
  bin: number;
  binRequests: number;
  binClosed: number;
  row: Float64Array;
  files: { listener: number; accepts: number; bins: number };
}

/** Opens the three files `<base>.listener`, `.accepts` and `.bins`. */
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
    bins: new Float64Array(binsCapacity * layout.binFields.length),
    binsLength: 0,
    bin: 0,
    binRequests: 0,
    binClosed: 0,
    row: new Float64Array(layout.listenerFields.length),
    files: {
      listener: openSync(`${base}.listener`, 'w'),
      accepts: openSync(`${base}.accepts`, 'a'),
      bins: openSync(`${base}.bins`, 'a'),
    },
  };
}

function flushListener(listener: Listener, sequence: number): void {
  flushAccepts(listener);
  closeBin(listener);
  flushBins(listener);
  const { connections, requests, closed, bytesRead, bytesWritten, dropped, row } = listener;
  row.set([sequence, connections, requests, closed, bytesRead, bytesWritten, dropped, sequence]);
  writeSync(listener.files.listener, row, 0, row.byteLength, 0);
}

function flushAccepts(listener: Listener): void {
  if (listener.acceptsLength === 0) return;
  write(listener.files.accepts, listener.accepts, listener.acceptsLength);
  listener.acceptsLength = 0;
}

function enterBin(listener: Listener, atMs: number): void {
  const bin = Math.floor(atMs / layout.binMs);
  if (bin === listener.bin) return;
  closeBin(listener);
  listener.bin = bin;
}

function closeBin(listener: Listener): void {
  if (listener.binRequests === 0 && listener.binClosed === 0) return;
  if (listener.binsLength === listener.bins.length) flushBins(listener);
  listener.bins[listener.binsLength++] = listener.bin;
  listener.bins[listener.binsLength++] = listener.binRequests;
  listener.bins[listener.binsLength++] = listener.binClosed;
  listener.binRequests = 0;
  listener.binClosed = 0;
}

function flushBins(listener: Listener): void {
  if (listener.binsLength === 0) return;
  write(listener.files.bins, listener.bins, listener.binsLength);
  listener.binsLength = 0;
}

/** A disk that is full costs the trial its accept order, not the app a connection. */
function write(file: number, numbers: Float64Array, length: number): void {
  try {
    writeSync(file, numbers, 0, length * 8);
  } catch {}
}

/** One accepted connection. */
function countAccept(listener: Listener, atMs: number): void {
  if (listener.acceptsLength === acceptsCapacity) flushAccepts(listener);
  listener.accepts[listener.acceptsLength++] = atMs;
  listener.connections += 1;
}

function countRequest(listener: Listener, atMs: number): void {
  listener.requests += 1;
  enterBin(listener, atMs);
  listener.binRequests += 1;
}

function countClose(listener: Listener, atMs: number, bytesRead: number, bytesWritten: number): void {
  listener.closed += 1;
  listener.bytesRead += bytesRead;
  listener.bytesWritten += bytesWritten;
  enterBin(listener, atMs);
  listener.binClosed += 1;
}

export = { openListener, flushListener, countAccept, countRequest, countClose };
