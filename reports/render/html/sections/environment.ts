import type { RunDescription } from '../../../analysis/describe.js';
import { bytes, integer, plural, seconds, utcMinute } from '../../format.js';
import { commandLine } from '../../header.js';
import { html, type Markup } from '../markup.js';
import { section } from './section.js';

/** Where it ran, and with what. */
export function environmentSection({ environment, plan, tool, startedAt }: RunDescription): Markup {
  const { platform, arch, kernel, cpuModel, cores, availableParallelism, memoryBytes } = environment;
  const { loadAverage, openFilesLimit, portRange, somaxconn, cgroupCpuLimit, virtualized } = environment;
  const facts: [string, string][] = [
    [
      'CPU',
      `${plural(cores, 'core')}, ${availableParallelism} to be used${cgroupCpuLimit === undefined ? '' : `, cgroup limit ${cgroupCpuLimit}`} (${cpuModel})`,
    ],
    ['memory', bytes(memoryBytes)],
    ['system', `${platform} ${kernel} ${arch}${virtualized ? ', virtualized' : ''}`],
    ['load average', loadAverage.map((load) => load.toFixed(2)).join(' ')],
    [
      'limits',
      [
        `open files ${openFilesLimit === null ? 'not known' : integer(openFilesLimit)}`,
        ...(portRange ? [`ports ${portRange.join('–')}`] : []),
        ...(somaxconn === null ? [] : [`somaxconn ${integer(somaxconn)}`]),
      ].join(' · '),
    ],
    ...Object.entries(environment.nodes).map(([label, { version, libuv, v8 }]): [string, string] => [
      `Node ${label}`,
      `${version}, libuv ${libuv}, V8 ${v8}`,
    ]),
    ...Object.entries(environment.peers),
    [
      'load',
      [
        `workload ${plan.workload}`,
        plural(plan.connections, 'connection'),
        ...(plan.rate === null ? [] : [`${integer(plan.rate)} requests/s, ${plan.arrivals} arrivals`]),
        plan.requests === null ? seconds(plan.durationSeconds ?? 0) : `${integer(plan.requests)} exchanges`,
        `warm-up ${seconds(plan.warmupSeconds)}`,
        ...(plan.headers.length === 0
          ? []
          : [`headers ${plan.headers.map(([name, value]) => `${name}: ${value}`).join(', ')}`]),
      ].join(' · '),
    ],
    ['tool', `${tool.name} ${tool.version} on Node ${environment.toolNode}`],
    ['began', utcMinute(startedAt)],
  ];
  return section(
    'environment',
    'Environment',
    '',
    html`<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`,
  );
}

/** It takes the seed, without which another order of trials is drawn. Nothing of a run by a program, which has no command. */
export function commandSection(run: RunDescription): Markup {
  if (run.command.length === 0) return html``;
  const has = run.command.some((argument) => /^--seed\b/.test(argument));
  const command = `${commandLine(run)}${has ? '' : ` --seed ${run.plan.seed}`}`;
  return section(
    'command',
    'To repeat it',
    '',
    html`<div class="command"><pre tabindex="0" aria-label="command"><code id="command-line">${command}</code></pre></div>`,
  );
}
