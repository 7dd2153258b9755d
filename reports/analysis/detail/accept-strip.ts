import type { TrialRecord } from '../../../harness/record.js';

/** The slots in accept order, in rows of whole turns: under strict turns each column is of one slot. */
export interface AcceptStrip {
  rows: number[][];
  /** Of the window, of which the rows are the first. */
  accepted: number;
}

const widestRow = 64;
const mostRows = 8;

/** Null for one worker, and without an accept. */
export function acceptStrip(
  { slots }: NonNullable<TrialRecord['acceptOrder']>,
  workers: number,
  accepted?: number,
): AcceptStrip | null {
  const bytes = Buffer.from(slots, 'base64');
  const known = Math.floor(bytes.length / 2);
  const width = workers > widestRow ? widestRow : widestRow - (widestRow % workers);
  const order = Array.from({ length: Math.min(known, width * mostRows) }, (_, index) =>
    bytes.readUInt16LE(index * 2),
  );
  if (workers < 2 || order.length === 0) return null;
  const rows = Array.from({ length: Math.ceil(order.length / width) }, (_, row) =>
    order.slice(row * width, (row + 1) * width),
  );
  return { rows, accepted: accepted ?? known };
}
