import type { SequenceCounts, TrialRecord } from '../../harness/record.js';
import { binomialTwoSided } from './binomial.js';
import { expectedJain } from './windowed-jain.js';

/** What the order of the slots in accept order says, `Figure` as in FairnessFigures. */
export interface SequenceFigures<Figure> {
  accepted: Figure;
  /** Connections that went to the same slot as the one before. */
  repeats: Figure;
  /** repeats ÷ (accepted − 1). */
  repeatShare: Figure | null;
  /** 1/k: under a uniform random draw every connection repeats the slot before it with this probability. */
  expectedRepeatShare: Figure;
  /** Exact two-sided binomial p of `repeats` in accepted − 1 against 1/k; null for k = 1 or fewer than 2 accepts. */
  pRepeats: Figure | null;
  /** Mean and greatest number of neighbours in one slot; 1 under strict round robin, k/(k − 1) expected at random. */
  meanRun: Figure | null;
  longestRun: Figure | null;
  /** Mean Jain index of `window` accepts in a row, beside its expectation under a uniform random draw. */
  windowedJain: { window: Figure; mean: Figure | null; expected: Figure };
  /**
   * Accepts until every slot had had one, beside what a uniform random draw takes on average: the coupon collector's
   * k·H_k, H_k = 1 + ½ + … + 1/k. Null where it was not seen to happen, or the order is not known.
   */
  acceptsToServeAll: { seen: Figure | null; expected: Figure };
}

export interface TrialSequence extends SequenceFigures<number> {
  source: SequenceCounts['source'];
}

/**
 * Source of k·H_k: Feller, An Introduction to Probability Theory (1968), IX.3(d).
 * Precondition: `counts.transitions` is k × k and sums to accepted − 1, its diagonal being the repeats; Σ length ×
 * count of `runLengths` = accepted.
 */
export function sequence(
  counts: SequenceCounts,
  workers: number,
  order?: TrialRecord['acceptOrder'],
): TrialSequence {
  const { accepted, windowedJain, source } = counts;
  const repeats = counts.transitions.reduce((sum, row, slot) => sum + (row[slot] ?? 0), 0);
  const pairs = accepted - 1;
  const runs = Object.values(counts.runLengths).reduce((sum, count) => sum + count, 0);
  const lengths = Object.keys(counts.runLengths).map(Number);
  return {
    source,
    accepted,
    repeats,
    repeatShare: pairs > 0 ? repeats / pairs : null,
    expectedRepeatShare: 1 / workers,
    pRepeats: pairs > 0 && workers > 1 ? binomialTwoSided(repeats, pairs, 1 / workers) : null,
    meanRun: runs > 0 ? accepted / runs : null,
    longestRun: runs > 0 ? Math.max(...lengths) : null,
    windowedJain: {
      window: windowedJain.window,
      mean: windowedJain.mean,
      expected: expectedJain(windowedJain.window, workers),
    },
    acceptsToServeAll: {
      seen: order && hasServedAll(counts) ? acceptsToServeAll(order.slots, workers) : null,
      expected: Array.from({ length: workers }, (_, slot) => workers / (slot + 1)).reduce(
        (sum, n) => sum + n,
      ),
    },
  };
}

/** In the whole window; it is the beginning of it that the order shows. A single accept has no transition. */
function hasServedAll({ accepted, transitions }: SequenceCounts): boolean {
  const isServed = (slot: number) =>
    transitions.some(
      (row, from) => (row[slot] ?? 0) > 0 || (from === slot && row.some((count) => count > 0)),
    );
  return accepted < 2 || transitions.every((_, slot) => isServed(slot));
}

/** Mostly it is seen in the first of them. A multiple of 8, which are three slots. */
const charactersAtATime = 1024;

/** `slots` as in the record: base64 of little-endian Uint16. */
function acceptsToServeAll(slots: string, workers: number): number | null {
  const served = new Uint8Array(workers);
  let [accepts, left] = [0, workers];
  for (let from = 0; from < slots.length; from += charactersAtATime) {
    const bytes = Buffer.from(slots.slice(from, from + charactersAtATime), 'base64');
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      const slot = (bytes[at] as number) + 256 * (bytes[at + 1] as number);
      accepts += 1;
      if (served[slot] === 0) left -= 1;
      served[slot] = 1;
      if (left === 0) return accepts;
    }
  }
  return null;
}
