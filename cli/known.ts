import { known as measured } from '../harness/known.js';
import { formats } from '../reports/render/formats/index.js';
import type { Known } from './flag.js';

/** What may be named on the command line. */
export const known: Known = { ...measured, formats };
