import { workloads } from '../workloads/index.js';
import { drivers } from './drivers/index.js';
import { policies } from './policies/index.js';
import { schedulers } from './runtimes/cluster/schedulers/index.js';
import { scenarios } from './scenarios/index.js';

/** What may be named on the command line. */
export const known = { policies, schedulers, workloads, scenarios, drivers };
