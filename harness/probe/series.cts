/** Numbers that are appended to a file in batches, on a flush or when many have come. */
import fs = require('node:fs');

const { openSync, writeSync } = fs;
const capacity = 4096;

interface Series {
  values: Float64Array;
  length: number;
  file: number;
}

function open(path: string): Series {
  return { values: new Float64Array(capacity), length: 0, file: openSync(path, 'a') };
}

function add(series: Series, value: number): void {
  if (series.length === capacity) flush(series);
  series.values[series.length++] = value;
}

/** A disk that is full costs the trial these numbers, not the app a connection. */
function flush(series: Series): void {
  if (series.length === 0) return;
  try {
    writeSync(series.file, series.values, 0, series.length * 8);
  } catch {}
  series.length = 0;
}

export = { open, add, flush };
