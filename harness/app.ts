import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { workloadNamed } from '../workloads/index.js';
import type { Exchange, Workload } from '../workloads/workload.js';
import type { Load } from './drivers/driver.js';
import { BenchError } from './errors.js';
import { bodyOf, loadOf, needsRaw } from './load.js';
import { ownFile } from './own-files.js';
import type { Plan } from './record.js';
import { type AppFacts, reachable } from './scout.js';

/** What is served, and how it is to be driven. */
export interface Served {
  app: { path: string; args: readonly string[] };
  /** For messages: as the user named it. */
  label: string;
  workload: string;
  driver: string;
  load: Load;
}

const servePath = ownFile('workloads/serve.js');

/** What a scout would find out about a built-in workload. */
export function workloadFacts({ workload, host }: Plan): AppFacts {
  const { transport = 'tcp' } = workloadNamed(workload) as Workload;
  return {
    protocol: 'tcp',
    transport,
    host: transport === 'unix' ? null : reachable(host ?? '127.0.0.1'),
    askedPort: 0,
    listens: null,
    clustersItself: false,
    forked: 0,
    others: [],
  };
}

/** A built-in workload is an app like any other, of which everything is known. */
export function servedWorkload(plan: Plan): Served {
  const workload: Workload = workloadNamed(plan.workload);
  const options = { ...plan, body: bodyOf(plan) };
  return {
    app: { path: servePath, args: [workload.name, ...workload.serveArguments(options)] },
    label: `the ${workload.name} workload`,
    workload: workload.name,
    driver: plan.driver ?? (workload.driver === 'autocannon' && needsRaw(plan) ? 'raw' : workload.driver),
    load: loadOf(plan, workload.exchange(options), {
      ...workload,
      secure: workload.certificate !== undefined,
    }),
  };
}

/** The user's app, driven by what it speaks: HTTP like `http`, TCP like `connect` but with no PID expected. */
export function servedApp(
  plan: Plan,
  app: Served['app'],
  { protocol, listens, transport }: Pick<AppFacts, 'protocol' | 'listens' | 'transport'>,
): Served {
  const like = workloadNamed(protocol === 'http' ? 'http' : 'connect');
  const exchange: Exchange =
    protocol === 'http'
      ? like.exchange({ ...plan, body: bodyOf(plan) })
      : { kind: 'conversation', payload: plan.payload };
  const secure = listens === 'https' || listens === 'tls';
  return {
    app,
    label: plan.app?.path ?? app.path,
    workload: like.name,
    driver: plan.driver ?? (secure || transport !== 'tcp' || needsRaw(plan) ? 'raw' : like.driver),
    load: loadOf(plan, exchange, { secure }),
  };
}

/**
 * The app's absolute path, found as `node <path>` would find it.
 * @throws BenchError `app-missing`
 */
export function findApp({ path, args }: NonNullable<Plan['app']>): Served['app'] {
  const absolute = resolve(path);
  try {
    // A file of any extension stands for itself; otherwise Node tries `.js` and a folder's package.
    return { path: existsSync(absolute) ? absolute : createRequire(absolute).resolve(absolute), args };
  } catch {
    const message = `${path}: there is no such app in ${process.cwd()}. Name a server's file, or leave it out for a built-in workload`;
    throw new BenchError('app-missing', message);
  }
}
