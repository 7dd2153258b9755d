import type { TextFormat } from './format.js';

export const markdown = {
  name: 'markdown',
  summary: 'for $GITHUB_STEP_SUMMARY and comments: verdicts first, then tables',
  extension: 'md',
  renderComparison: async (files) => (await import('../markdown/comparison.js')).renderComparedFiles(files),
  render: async (run) => (await import('../markdown/run.js')).renderMarkdown(run),
} satisfies TextFormat;
