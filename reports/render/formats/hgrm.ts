import type { PartsFormat } from './format.js';

export const hgrm = {
  name: 'hgrm',
  summary: 'for the HdrHistogram plotter: a file per cell and kind of latency, in ms',
  extension: 'hgrm',
  renderParts: async (run) => (await import('../hgrm.js')).renderHgrm(run),
} satisfies PartsFormat;
