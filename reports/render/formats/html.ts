import type { TextFormat } from './format.js';

export const html = {
  name: 'html',
  summary: 'one page with charts that needs nothing else: to be opened, sent, printed',
  extension: 'html',
  render: async (run) => (await import('../html/html.js')).renderHtml(run),
} satisfies TextFormat;
