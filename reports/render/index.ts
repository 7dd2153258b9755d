import { json } from './json.js';
import type { Renderer } from './renderer.js';
import { terminal } from './terminal.js';

export type { Renderer, RenderOptions } from './renderer.js';

/** Every format a run can be printed in. */
export const renderers: readonly Renderer[] = [terminal, json];
