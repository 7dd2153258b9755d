import type { TextFormat } from './format.js';

export const junit = {
  name: 'junit',
  summary: 'for CI: trials, thresholds and verdicts as test cases',
  extension: 'xml',
  renderComparison: async (files) => (await import('../junit/comparison.js')).renderComparedFiles(files),
  render: async (run) => (await import('../junit/run.js')).renderJunit(run),
} satisfies TextFormat;
