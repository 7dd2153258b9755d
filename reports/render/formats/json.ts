import type { TextFormat } from './format.js';

export const json = {
  name: 'json',
  summary: 'the record, with its summary reckoned anew',
  extension: 'json',
  render: async (run) => {
    const [{ encodeRun }, { summarize }] = await Promise.all([
      import('../../../harness/encode.js'),
      import('../../analysis/summary.js'),
    ]);
    return encodeRun({ ...run, summary: summarize(run) });
  },
  renderComparison: async ({ base, candidate, comparisons, differences }) =>
    `${JSON.stringify({ base, candidate, comparisons, differences }, null, 2)}\n`,
} satisfies TextFormat;
