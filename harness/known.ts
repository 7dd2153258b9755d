import { workloads } from '../workloads/index.js';
import { driverNames } from './drivers/index.js';
import { policies } from './policies/index.js';
import { scenarios } from './scenarios/index.js';

/** What may be named on the command line. */
export const known = { policies, workloads, scenarios, drivers: driverNames.map((name) => ({ name })) };
