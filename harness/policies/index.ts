import { egg } from './egg.js';
import { handle } from './handle.js';
import { own } from './own.js';
import { pm2 } from './pm2.js';
import type { Policy } from './policy.js';
import { proxy } from './proxy.js';
import { reuseport } from './reuseport.js';
import { rr } from './rr.js';
import { shared } from './shared.js';
import { single } from './single.js';

/** Every policy, in the order in which help and reports name them. */
export const policies: readonly Policy[] = [
  single,
  rr,
  shared,
  reuseport,
  handle,
  ...own,
  ...proxy,
  pm2,
  egg,
];

/** The policy of that name. Names are checked where options are read; an unknown one here is a bug. */
export function policyNamed(name: string): Policy {
  const policy = policies.find((candidate) => candidate.name === name);
  if (policy === undefined) throw new TypeError(`no policy is called ${name}`);
  return policy;
}
