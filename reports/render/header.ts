import type { Side } from '../../harness/record.js';
import type { RunDescription } from '../analysis/describe.js';
import { integer, plural, seconds, utcMinute } from './format.js';
import type { Colors } from './palette.js';
import { flow, plain, wrap } from './text.js';

/** What ran, where, and whether it was cut short. */
export function renderHeader(run: RunDescription, columns: number, colors: Colors): string[] {
  return [
    // A program has none.
    ...(run.command.length === 0 ? [] : wrap(commandLine(run), columns - 2)).map(
      (line, index) => `${colors.dim(index === 0 ? '$ ' : '  ')}${colors.bold(line)}`,
    ),
    ...[loadFacts(run), machineFacts(run)]
      .flatMap((facts) => flow(facts, ' · ', columns))
      .map((line) => colors.dim(line)),
    ...(run.interrupted ? wrap(interruptedSentence(run), columns).map((line) => colors.notable(line)) : []),
  ];
}

export function commandLine({ command }: RunDescription): string {
  return plain(command.map(quoted).join(' '));
}

export function interruptedSentence({ trials }: RunDescription): string {
  return `Interrupted: this is what the ${plural(trials, 'finished trial')} of a longer run say${trials === 1 ? 's' : ''}.`;
}

export function loadFacts({ plan, cells, varies }: RunDescription): string[] {
  const amount =
    plan.requests === null ? seconds(plan.durationSeconds ?? 0) : `${integer(plan.requests)} exchanges`;
  const workers = cells[0]?.summary.cell.workers;
  return [
    ...(plan.sides === null
      ? [plan.app ? plain(plan.app.path) : plan.workload]
      : [
          sideFacts('base', plan.sides.base, plan.workload),
          sideFacts('candidate', plan.sides.candidate, plan.workload),
        ]),
    plural(plan.connections, 'connection'),
    `${amount} × ${plan.fewestRuns === null ? '' : `${plan.fewestRuns} to `}${plural(plan.runs, 'run')}`,
    ...(workers && !varies.workers && plan.sides === null ? [plural(workers, 'worker')] : []),
    `seed ${plan.seed}`,
  ].map(plain);
}

function sideFacts(name: string, { app, policy, workers, node }: Side, workload: string): string {
  return `${name}: ${[app?.path ?? workload, policy, plural(workers, 'worker'), `Node ${node}`].map(plain).join(', ')}`;
}

export function machineFacts({ environment, nodeVersions, startedAt, tool }: RunDescription): string[] {
  const { platform, kernel, arch, cores, cpuModel } = environment;
  const system = kernel.toLowerCase().startsWith(platform) ? kernel : `${platform} ${kernel}`;
  return [
    ...(nodeVersions.length > 0 ? [`Node ${nodeVersions.join(', ')}`] : []),
    `${plural(cores, 'core')} (${cpuModel})`,
    `${system} ${arch}`,
    `${tool.name} ${tool.version}`,
    utcMinute(startedAt),
  ].map(plain);
}

function quoted(argument: string): string {
  return /^[\w./:=,@%+-]+$/.test(argument) ? argument : `'${argument}'`;
}
