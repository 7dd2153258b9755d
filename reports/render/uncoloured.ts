import { createColors } from './palette.js';

/** For what is not read on a terminal: the terminal's own words, without its colours. */
export const uncoloured = createColors(false);
