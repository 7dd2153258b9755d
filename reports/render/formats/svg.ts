import type { PartsFormat } from './format.js';

export const svg = {
  name: 'svg',
  summary: 'each chart of the page as a picture',
  extension: 'svg',
  renderParts: async (run) =>
    (await import('../html/drawings.js')).chartsOf(run).map(({ name, svg: text }) => ({ name, text })),
} satisfies PartsFormat;
