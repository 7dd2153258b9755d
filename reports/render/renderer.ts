import type { RunRecord } from '../../harness/record.js';

export interface RenderOptions {
  /** Width of the terminal; a format without lines ignores it. */
  columns: number;
  color: boolean;
}

/** A format a run can be printed in. */
export interface Renderer {
  name: string;
  render(run: RunRecord, options: RenderOptions): string;
}
