import { policies } from '../harness/policies/index.js';
import { workloads } from '../workloads/index.js';
import type { Known } from './options.js';

/** What may be named on the command line. */
export const known: Known = { policies, workloads };
