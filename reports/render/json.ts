import type { Renderer } from './renderer.js';

/** The record as it is on disk. */
export const json = {
  name: 'json',
  render: (run) => `${JSON.stringify(run, null, 2)}\n`,
} satisfies Renderer;
