import { policies } from '../../harness/policies/index.js';

/** Of policies that differ only in who chooses the worker the first; pm2 and egg are other primaries before what `rr` is. */
export const unlikePolicies = policies.filter(
  ({ mechanism, name }, index) =>
    ['pm2', 'egg'].includes(name) || policies.findIndex((other) => other.mechanism === mechanism) === index,
);
