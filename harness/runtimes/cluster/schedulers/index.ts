import type { SchedulerKind } from '../scheduler.js';
import { ipHash } from './ip-hash.js';
import { leastConnections } from './least-connections.js';
import { leastUtilised } from './least-utilised.js';
import { powerOfTwo } from './power-of-two.js';
import { random } from './random.js';
import { strict } from './strict.js';
import { weighted } from './weighted.js';

/** Every scheduler, in the order in which help names them. */
export const schedulers: readonly SchedulerKind[] = [
  strict,
  random,
  leastConnections,
  powerOfTwo,
  ipHash,
  weighted,
  leastUtilised,
];
