import { inflateSync } from 'node:zlib';
import { usageError } from '../../harness/errors.js';

/**
 * What encoded histograms hold together: the number of values in each bucket of a histogram of 3 significant digits from 1 up,
 * which is what the record has. They are added as they are read: a long run has thousands, and to make an object of the library of
 * each would take most of the time of a report.
 *
 * Throws BenchError `bad-histogram` when one of them is none.
 */
export function addedCounts(hdrs: readonly string[]): Float64Array {
  let sums = new Float64Array();
  for (const hdr of hdrs) {
    try {
      const histogram = opened(hdr);
      const longest = bucketsUpTo(Number(histogram.readBigInt64BE(at.highest)));
      if (longest > sums.length) {
        const longer = new Float64Array(longest);
        longer.set(sums);
        sums = longer;
      }
      addCounts(histogram, sums);
    } catch (cause) {
      throw usageError(
        'bad-histogram',
        `a latency histogram in the record is damaged: "${hdr.slice(0, 16)}…" is not HdrHistogram V2 base64`,
        cause,
      );
    }
  }
  return sums;
}

/** The highest value of a bucket: 0…2047 have one each, then there are 1,024 of width 2, of width 4, … */
export function highestIn(bucket: number): number {
  const doublings = Math.max(0, Math.floor(bucket / 1024) - 1);
  return (bucket - 1024 * doublings + 1) * 2 ** doublings - 1;
}

function bucketsUpTo(value: number): number {
  return 1024 * (2 + Math.max(0, Math.floor(Math.log2(value)) - 10));
}

/** HdrHistogram's V2 encoding; that of its log format is compressed: a cookie, a length, and this deflated. Numbers are big-endian. */
const compressedCookie = 0x1c849314;
const cookie = 0x1c849313;
const at = { cookie: 0, length: 4, digits: 12, lowest: 16, highest: 24, counts: 40 } as const;

/** Bytes, when inflated, or less. */
const usualSize = 8192;

function opened(hdr: string): Buffer {
  const compressed = Buffer.from(hdr, 'base64');
  const histogram = inflateSync(compressed.subarray(8), { chunkSize: usualSize });
  const isOurs =
    compressed.readInt32BE(0) === compressedCookie &&
    histogram.readInt32BE(at.cookie) === cookie &&
    histogram.readInt32BE(at.digits) === 3 &&
    histogram.readBigInt64BE(at.lowest) === 1n;
  if (!isOurs) throw new TypeError('not HdrHistogram V2 with 3 significant digits from 1 up');
  return histogram;
}

/** LEB128 numbers, zigzag: a count, or negative as many empty buckets. */
function addCounts(histogram: Buffer, sums: Float64Array): void {
  const bytes = histogram.subarray(at.counts, at.counts + histogram.readInt32BE(at.length));
  let bucket = 0;
  for (let next = 0; next < bytes.length; ) {
    let byte = bytes[next++] as number;
    let zigzag = byte & 0x7f;
    for (let scale = 0x80; byte >= 0x80; scale *= 0x80) {
      byte = bytes[next++] as number;
      zigzag += (byte & 0x7f) * scale;
    }
    if (zigzag % 2 === 0) {
      sums[bucket] = (sums[bucket] as number) + zigzag / 2;
      bucket += 1;
    } else bucket += (zigzag + 1) / 2;
  }
  if (!(bucket <= sums.length)) throw new RangeError(`${bucket} buckets where there are ${sums.length}`);
}
