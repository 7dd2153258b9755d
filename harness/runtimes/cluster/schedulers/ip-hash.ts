import type { Candidate, SchedulerKind } from '../scheduler.js';

/**
 * Rendezvous hashing: of all slots the one whose hash with the address is highest, so an address keeps its slot whatever
 * becomes of the others, and has it again when its worker was restarted. Source: Thaler and Ravishankar, Using name-based
 * mappings to increase hit rates, IEEE/ACM ToN 6 (1998).
 */
export const ipHash = {
  name: 'ip-hash',
  summary: 'every client address has its worker (sticky)',
  create() {
    return {
      pick(candidates, { remoteAddress = '' }) {
        let best = candidates[0] as Candidate;
        let highest = -1;
        for (const candidate of candidates) {
          const hash = hashOf(`${remoteAddress} ${candidate.slot}`);
          if (hash > highest) [best, highest] = [candidate, hash];
        }
        return best;
      },
    };
  },
} satisfies SchedulerKind;

/**
 * FNV-1a, and the last mix of MurmurHash3 behind it, without which texts that differ in their last character hash alike.
 * Source: RFC 9923; Appleby, MurmurHash3 (fmix32).
 */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
