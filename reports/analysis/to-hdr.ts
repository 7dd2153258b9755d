import { build, type Hdr } from '../../harness/hdr.js';
import type { Distribution } from './latency.js';

/** As an object of the library, in µs. */
export function toHdr(distribution: Distribution): Hdr {
  const hdr = build({ bitBucketSize: 64, autoResize: true, numberOfSignificantValueDigits: 3 });
  for (const { us, times } of distribution.values()) hdr.recordValueWithCount(us, times);
  return hdr;
}
