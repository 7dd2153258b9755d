import type { ComparedMetric, Comparison } from '../../analysis/comparison/compare.js';
import { furtherSentences, metricSentence, problemWords } from '../comparison.js';
import { type ComparedFiles, comparedCell } from '../file-comparison.js';
import { junitOf, type TestCase } from './suite.js';

/** `bench compare`: a suite per cell that two runs have in common. */
export function renderComparedFiles({ base, candidate, comparisons }: ComparedFiles): string {
  return junitOf(
    `bench compare ${base} ${candidate}`,
    comparisons.map((comparison) => ({ name: comparedCell(comparison), cases: judgedCases(comparison) })),
  );
}

/** A case per metric that decides: it fails where the candidate is worse, and is skipped where there is no verdict. */
export function judgedCases(comparison: Comparison): TestCase[] {
  const { metrics, isPaired, problem } = comparison;
  if (problem !== null)
    return [{ name: 'verdict', outcome: { kind: 'error', type: problem, message: problemWords[problem] } }];
  return metrics
    .filter(({ gates }) => gates)
    .map((compared) => {
      const { metric, verdict } = compared;
      const name = `${metric.name} is not worse`;
      const message = sentence(compared, isPaired);
      if (verdict === 'worse') return { name, outcome: { kind: 'failure', type: verdict, message } };
      if (verdict === 'inconclusive') return { name, outcome: { kind: 'skipped', message } };
      return { name, output: message };
    });
}

/** Policies beside each other are compared, not judged: what was found is told, and nothing fails. */
export function comparedCases({ base, metrics, isPaired, problem }: Comparison): TestCase[] {
  if (problem !== null)
    return [{ name: `against ${base.policy}`, outcome: { kind: 'skipped', message: problemWords[problem] } }];
  return metrics
    .filter(({ gates }) => gates)
    .map((compared) => ({
      name: `${compared.metric.name} against ${base.policy}`,
      output: sentence(compared, isPaired, base.policy),
    }));
}

function sentence(compared: ComparedMetric, isPaired: boolean, whose?: string): string {
  const [open] = furtherSentences([compared], isPaired);
  return open ?? metricSentence(compared, whose);
}
