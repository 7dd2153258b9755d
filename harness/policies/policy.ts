import type { Transport } from '../../workloads/workload.js';
import type { FrontRecord, MechanismName } from '../record.js';
import type { ProcessSpec } from '../runtimes/launch.js';
import type { ServerSpec } from '../runtimes/server.js';

/** What a policy must know to say whether it can be had. */
export interface PolicyContext {
  /** `20.20.2`: of the Node that is to run the servers. */
  nodeVersion: string;
  platform: NodeJS.Platform;
  /** The app's file; null for a built-in workload. */
  app: string | null;
  clustersItself: boolean;
  transport: Transport;
  /** HTTP in the clear, or whatever else; undefined where it is not known yet. */
  speaks?: 'http' | 'tcp';
}

/** How connections reach the workers. One file each, listed in index.ts. */
export interface Policy {
  name: string;
  /** What must be found in the listening sockets while it runs. */
  mechanism: MechanismName;
  /** What it comes to for datagrams, where that is something else. */
  mechanismOfDatagrams?: MechanismName;
  /** For people, in half a line. */
  summary: string;
  /** What stands before the workers, where it is not a primary of Node's cluster or of ours. */
  front?: FrontRecord['role'];
  /** It is always one process, whatever `--workers` says. */
  single?: true;
  /** Every worker binds by itself, so `port: 0` would give each a port of its own: one is found beforehand. */
  fixedPort?: true;
  /** The reason why it cannot be had there, and the way out; undefined when it can. */
  unsupported(context: PolicyContext): string | undefined;
  /** Versions of what it stands on, for the record, by name. */
  peers?(app: string | null): Readonly<Record<string, string>>;
  start(server: ServerSpec): ProcessSpec;
}

/** Why a policy cannot be had where the app is its own primary; undefined where it is not. */
export function onlyUnderOurPrimary(name: string, { clustersItself }: PolicyContext): string | undefined {
  return clustersItself
    ? `${name} cannot be set from outside: this app forks its own workers. Leave ${name} out of --policy`
    : undefined;
}

/** Whether a policy or a workload is named by a file, the module of the user's own. */
export function isModule(name: string): boolean {
  return /^\.{0,2}[/\\]/.test(name);
}

/** What must be found in the sockets of a server that this policy runs. */
export function expectedMechanism(policy: Policy, transport: Transport): MechanismName {
  return (transport === 'udp' ? policy.mechanismOfDatagrams : undefined) ?? policy.mechanism;
}
