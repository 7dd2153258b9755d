import { usageError } from '../harness/errors.js';
import { parseThreshold, type Threshold } from '../reports/analysis/thresholds.js';
import { didYouMean } from './suggest.js';
import { oneLine, type Parse, refuse } from './values.js';

/** A value of `--threshold`. A policy in it may go by one of its `aliases`. */
export function threshold(aliases: Readonly<Record<string, string>>): Parse<Threshold> {
  return (text, name) => {
    const parsed = parseThreshold(text);
    if ('expected' in parsed) {
      const { typed, names } = parsed.slip ?? { typed: '', names: [] };
      return refuse(name, text, `${parsed.expected}${didYouMean(typed, names)}`);
    }
    const { policy } = parsed;
    return policy !== undefined && Object.hasOwn(aliases, policy)
      ? { ...parsed, policy: aliases[policy] ?? policy }
      : parsed;
  };
}

/**
 * Each threshold once.
 * @throws BenchError for one that names a policy which the run does not have
 */
export function thresholdsFor(
  given: readonly Threshold[],
  { policies }: { policies: readonly string[] },
): Threshold[] {
  const stranger = given.find(({ policy }) => policy !== undefined && !policies.includes(policy));
  if (stranger !== undefined)
    throw usageError(
      'bad-option',
      oneLine(
        `--threshold ${stranger.text}: the run has no policy ${stranger.policy}, but ${policies.join(', ')}${didYouMean(stranger.policy ?? '', policies, '; name one of these, or leave it out for all')}`,
      ),
    );
  return [...new Map(given.map((one) => [one.text, one])).values()];
}
