import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { connect } from '../workloads/connect.js';
import { http } from '../workloads/http.js';
import type { Workload } from '../workloads/workload.js';
import { namedPath } from './definition.js';
import type { Load } from './drivers/driver.js';
import { usageError } from './errors.js';
import { bodyOf, loadOf, needsRaw } from './load.js';
import { ownFile } from './own-files.js';
import { usualPayloadSizeBytes } from './plan-defaults.js';
import type { Cell, Plan } from './record.js';
import { type AppFacts, reachable } from './scout.js';
import { exchangeOf, type WorkloadDefinition } from './workload-definition.js';

/** What is served, and how it is to be driven. */
export interface Served {
  app: { path: string; args: readonly string[] };
  workload: string;
  driver: string;
  load: Load;
}

/** What a plan measures: an app, a workload of the user's own, or a built-in one. */
export type Target = {
  /** For messages: as the user named it. */
  label: string;
  /** What throughput counts, where the workload's name does not tell. */
  counts?: Cell['counts'];
  /** @throws BenchError exit code 2 where it cannot be driven as the plan says */
  served(facts: AppFacts): Served;
} & (
  | { known: AppFacts; scouted?: never }
  /** What a scout must find out: of which app, and what it speaks, null where that is to be found out too. */
  | { known?: never; scouted: { app: Served['app']; protocol: 'http' | 'tcp' | null } }
);

/**
 * @param workload the plan's, which an app's stands in the place of
 * @throws BenchError where the app or a file of the plan cannot be had
 */
export function targetOf(plan: Plan, workload: Workload | WorkloadDefinition): Target {
  if (plan.app !== null) return appTarget(plan, plan.app);
  return 'app' in workload ? definedTarget(plan, workload) : builtInTarget(plan, workload);
}

/** The user's app, driven by what it speaks: HTTP like `http`, TCP like `connect` but with no PID expected. */
function appTarget(plan: Plan, named: Served['app']): Target {
  const app = findApp(named);
  return {
    label: named.path,
    scouted: { app, protocol: plan.protocol },
    served({ protocol, listens, transport }) {
      const like = protocol === 'http' ? http : connect;
      const secure = isSecure(listens);
      return {
        app,
        workload: like.name,
        driver: plan.driver ?? (secure || transport !== 'tcp' || needsRaw(plan) ? 'raw' : like.driver),
        load: loadOf(
          plan,
          protocol === 'http'
            ? http.exchange({ ...plan, body: bodyOf(plan) })
            : { kind: 'conversation', payload: plan.payload },
          { secure },
        ),
      };
    },
  };
}

/** An app that is driven as the definition says. */
function definedTarget(plan: Plan, definition: WorkloadDefinition): Target {
  const { name, args = [], pattern } = definition;
  const refuse = (flag: string, why: string) =>
    usageError('contradiction', `${flag}: ${name} ${why}. Leave it out`);
  if (plan.driver !== null && plan.driver !== 'raw')
    throw refuse(`--driver ${plan.driver}`, 'is a workload of your own, which is driven raw');
  if (pattern === 'bursts' && (plan.rate !== null || plan.threads > 1))
    throw refuse(
      plan.rate === null ? `--threads ${plan.threads}` : `--rate ${plan.rate}`,
      'opens all connections at one instant, from one thread',
    );
  const exchange = exchangeOf(definition, { ...plan, body: bodyOf(plan) });
  assertAsked(plan, definition, refuse);
  if (exchange.kind === 'conversation') assertOneExchange(plan, definition, refuse);
  const app = findApp({ path: namedPath(definition.app), args });
  return {
    label: `the ${name} workload`,
    scouted: { app, protocol: exchange.kind === 'http' ? 'http' : 'tcp' },
    counts: exchange.kind === 'conversation' ? 'connections' : 'requests',
    served: ({ listens }) => ({
      app,
      workload: name,
      driver: 'raw',
      load: loadOf(plan, exchange, { ...definition, secure: isSecure(listens) }),
    }),
  };
}

/** Of a request the plan may say what the workload does not; what a function makes of the plan only it knows. */
function assertAsked(
  { paths, method, headers, bodyFile, payloadSizeBytes }: Plan,
  { exchange }: WorkloadDefinition,
  refuse: (what: string, why: string) => Error,
): void {
  if (typeof exchange === 'function') return;
  const asked: [part: 'paths' | 'method' | 'headers' | 'body', flag: string | false][] = [
    ['paths', paths.join() !== '/' && `--path ${paths.join()}`],
    ['method', method !== 'GET' && `--method ${method}`],
    ['headers', headers.length > 0 && `--header '${headers[0]?.join(': ')}'`],
    ['body', bodyFile !== null && `--body ${bodyFile}`],
  ];
  for (const [part, flag] of asked) {
    if (flag === false) continue;
    if (exchange.kind !== 'http') throw refuse(flag, 'does not speak HTTP');
    if (exchange[part] !== undefined) throw refuse(flag, `has its own ${part}`);
  }
  if (payloadSizeBytes === usualPayloadSizeBytes) return;
  const flag = `--payload-size ${payloadSizeBytes}`;
  if (exchange.kind !== 'echo') throw refuse(flag, 'has no payload size');
  if (exchange.sizeBytes !== undefined) throw refuse(flag, 'has its own payload size');
}

/** A conversation ends its connection. */
function assertOneExchange(
  { requestsPerConnection, pipelining }: Plan,
  definition: WorkloadDefinition,
  refuse: (what: string, why: string) => Error,
): void {
  const why = 'has one conversation per connection';
  if ((requestsPerConnection ?? 1) > 1)
    throw refuse(`--requests-per-connection ${requestsPerConnection}`, why);
  if (pipelining > 1) throw refuse(`--pipelining ${pipelining}`, why);
  const own = definition.requestsPerConnection ?? 1;
  if (own > 1) throw refuse(`requestsPerConnection ${own}`, why);
}

const servePath = ownFile('workloads/serve.js');

/** A built-in workload is an app like any other, of which everything is known. */
function builtInTarget(plan: Plan, workload: Workload): Target {
  return {
    label: `the ${workload.name} workload`,
    known: workloadFacts(workload, plan),
    served: () => servedWorkload(plan, workload),
  };
}

export function servedWorkload(plan: Plan, workload: Workload): Served {
  const options = { ...plan, body: bodyOf(plan) };
  return {
    app: { path: servePath, args: [workload.name, ...workload.serveArguments(options)] },
    workload: workload.name,
    driver: plan.driver ?? (workload.driver === 'autocannon' && needsRaw(plan) ? 'raw' : workload.driver),
    load: loadOf(plan, workload.exchange(options), {
      ...workload,
      secure: workload.certificate !== undefined,
    }),
  };
}

/** What a scout would find out about a built-in workload. */
function workloadFacts({ transport = 'tcp' }: Workload, { host }: Plan): AppFacts {
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

function isSecure(listens: AppFacts['listens']): boolean {
  return listens === 'https' || listens === 'tls';
}

/**
 * The app's absolute path, found as `node <path>` would find it.
 * @throws BenchError `app-missing`, exit code 2
 */
function findApp({ path, args }: Served['app']): Served['app'] {
  const absolute = resolve(path);
  try {
    // A file of any extension stands for itself; otherwise Node tries `.js` and a folder's package.
    return { path: existsSync(absolute) ? absolute : createRequire(absolute).resolve(absolute), args };
  } catch {
    const message = `${path}: there is no such app in ${process.cwd()}. Name a server's file, or leave it out for a built-in workload`;
    throw usageError('app-missing', message);
  }
}
