import { policies } from '../../harness/policies/index.js';

/** Of policies that differ only in who chooses the worker the first; pm2 is another primary before what `rr` is. */
export const unlikePolicies = policies.filter(
  ({ mechanism, name }, index) =>
    name === 'pm2' || policies.findIndex((other) => other.mechanism === mechanism) === index,
);
