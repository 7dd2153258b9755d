import type { RunRecord } from '../../harness/record.js';
import { verdictDefaults } from '../../harness/verdict-defaults.js';
import type { Criteria } from '../../reports/analysis/comparison/compare.js';
import { compareRuns } from '../../reports/analysis/comparison/of-files.js';
import { familyAlpha } from '../../reports/analysis/comparison/stopping.js';
import type { ComparedFiles } from '../../reports/render/file-comparison.js';

/** Two runs, cell by cell. `base` and `candidate` are what reports call them. */
export type RunComparison = ComparedFiles & Criteria;

/** What a comparison goes by, and what its two runs are called. */
export type CompareOptions = Partial<Criteria & Pick<ComparedFiles, 'base' | 'candidate'>>;

/**
 * The cells that two runs have in common, as independent samples. What differs between the runs beside what is compared is
 * told in `differences`, and is for the caller to judge.
 * @throws BenchError where they have none
 */
export function compare(base: RunRecord, candidate: RunRecord, options: CompareOptions = {}): RunComparison {
  const criteria = {
    ...verdictDefaults,
    alpha: familyAlpha,
    base: 'base',
    candidate: 'candidate',
    ...options,
  };
  return { ...criteria, ...compareRuns(base, candidate, criteria) };
}
