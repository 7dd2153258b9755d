import { workloads } from '../workloads/index.js';
import { driverNames } from './drivers/index.js';
import { policies } from './policies/index.js';

/** What may be named on the command line. */
export const known = { policies, workloads, drivers: driverNames.map((name) => ({ name })) };
