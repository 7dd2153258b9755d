import { noisyAbove } from '../machine-load.js';
import type { Check, MachineFacts } from './examination.js';

/** Connections that people ask for. */
const fewFiles = 4096;
/** What Node's `listen` asks for unless an app says otherwise; the kernel cuts it to somaxconn. */
const nodeBacklog = 511;
/** The client, a primary and two workers. */
const fewestCores = 4;

/** Every check, in the order in which they are shown. Pure. */
export function checksOf(facts: MachineFacts): Check[] {
  const { openFilesLimit, somaxconn, governors, availableParallelism, cgroupCpuLimit, busyShare } = facts;
  return [
    { name: 'openFiles', verdict: known(openFilesLimit ?? fewFiles, (limit) => limit >= fewFiles) },
    { name: 'ports', verdict: ports(facts) },
    { name: 'backlog', verdict: known(somaxconn, (longest) => longest >= nodeBacklog) },
    {
      name: 'governor',
      verdict: known(governors.length === 0 ? null : governors, (all) => all.every(isSteady)),
    },
    { name: 'cores', verdict: known(availableParallelism, (cores) => cores >= fewestCores) },
    {
      name: 'quota',
      verdict: known(cgroupCpuLimit ?? availableParallelism, (limit) => limit >= availableParallelism),
    },
    { name: 'otherLoad', verdict: known(busyShare, (share) => share <= noisyAbove) },
    { name: 'virtualized', verdict: known(facts.virtualized ?? null, (isVirtual) => !isVirtual) },
  ];
}

/** A connection's port rests for a minute in TIME_WAIT unless the kernel may use it again. */
function ports({ portRange, timeWait, timeWaitReuse }: MachineFacts): Check['verdict'] {
  if (portRange === null || timeWait === null || timeWaitReuse === null) return 'unknown';
  const [first, last] = portRange;
  return timeWaitReuse > 0 && timeWait < (last - first) / 2 ? 'good' : 'bad';
}

function isSteady(governor: string): boolean {
  return governor === 'performance';
}

function known<T>(fact: T | null, isGood: (fact: T) => boolean): Check['verdict'] {
  if (fact === null) return 'unknown';
  return isGood(fact) ? 'good' : 'bad';
}
