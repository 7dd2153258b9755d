import type { Check, Examination } from '../../harness/doctor/examination.js';
import { integer, microseconds, percent, plural } from './format.js';
import { pageWidth, type RenderOptions } from './page.js';
import { type Colors, createColors } from './palette.js';
import { plain, wrap } from './text.js';

const label = 16;
type Told = { fact: string; advice?: string };

/** What `bench doctor` prints: the machine, what of it spoils a measurement and what to do, and what was measured. */
export function renderDoctor(examination: Examination, { columns, color }: RenderOptions): string {
  const colors = createColors(color);
  const width = pageWidth(columns);
  const { environment, checks } = examination;
  const lines = [
    `Node ${environment.toolNode} · ${plural(environment.cores, 'core')} (${plain(environment.cpuModel)}) · ${environment.platform} ${plain(environment.kernel)}`,
    '',
    ...checks.flatMap((check) => {
      const { fact, advice } = words[check.name](examination);
      const text = check.verdict === 'bad' && advice !== undefined ? `${fact}: ${advice}` : fact;
      return row(mark(check, colors), names[check.name], text, width);
    }),
    '',
    ...measured(examination).flatMap(([name, text]) => row(' ', name, text, width)),
  ];
  return `${lines.join('\n')}\n`;
}

function row(sign: string, name: string, text: string, width: number): string[] {
  const [first = '', ...more] = wrap(text, width - label - 4);
  return [
    `  ${sign} ${name.padEnd(label)}${first}`,
    ...more.map((line) => `${' '.repeat(label + 4)}${line}`),
  ];
}

function mark({ verdict }: Check, colors: Colors): string {
  if (verdict === 'good') return colors.good('✓');
  return verdict === 'bad' ? colors.notable('!') : colors.dim('?');
}

const names: Record<Check['name'], string> = {
  openFiles: 'open files',
  ports: 'ports',
  backlog: 'backlog',
  governor: 'CPU governor',
  cores: 'cores',
  quota: 'CPU quota',
  otherLoad: 'other programs',
  virtualized: 'virtualisation',
};

const words: Record<Check['name'], (examination: Examination) => Told> = {
  openFiles: ({ facts: { openFilesLimit } }) => ({
    fact: openFilesLimit === null ? 'no limit' : `${integer(openFilesLimit)} per process`,
    advice: "raise it with 'ulimit -n 65536', or keep --connections low",
  }),
  ports: ({ facts: { portRange, timeWait, timeWaitReuse } }) =>
    portRange === null || timeWait === null
      ? { fact: 'not told here' }
      : {
          fact: `${integer(portRange[1] - portRange[0] + 1)} for outgoing connections, ${integer(timeWait)} of them resting in TIME_WAIT`,
          advice:
            timeWaitReuse === 0
              ? 'each rests for a minute (tcp_tw_reuse is 0); take --local-addresses 127.0.0.2-9 for many connections'
              : 'wait a minute, or take --local-addresses 127.0.0.2-9',
        },
  backlog: ({ facts: { somaxconn } }) => ({
    fact: somaxconn === null ? 'not told here' : `somaxconn is ${integer(somaxconn)}`,
    advice: "Node asks for 511, and gets less; raise it with 'sysctl net.core.somaxconn=4096'",
  }),
  governor: ({ facts: { governors } }) => ({
    fact: governors.length === 0 ? 'not told here' : governors.join(', '),
    advice:
      'the clock follows the load, and figures with it; set performance (cpupower frequency-set -g performance)',
  }),
  cores: ({ facts: { availableParallelism } }) => ({
    fact: plural(availableParallelism, 'core'),
    advice:
      'the client, a primary and the workers take CPU from each other; compare policies, and do not take the figures as what a server can do',
  }),
  quota: ({ facts: { cgroupCpuLimit } }) => ({
    fact: cgroupCpuLimit === undefined ? 'none' : `${cgroupCpuLimit} CPUs of the control group`,
    advice: 'what runs beyond it stands still for the rest of each period; lift it while you measure',
  }),
  otherLoad: ({ facts: { busyShare } }) => ({
    fact: `they took ${percent(busyShare, 0)} of the CPU in a second at rest`,
    advice: 'stop them',
  }),
  virtualized: ({ facts: { virtualized } }) => {
    if (virtualized === undefined) return { fact: 'not told here' };
    return virtualized
      ? {
          fact: 'a virtual machine',
          advice: 'neighbours may take its CPU unseen; measure again at another time',
        }
      : { fact: 'none' };
  },
};

function measured({ ceiling, timers, noise }: Examination): [name: string, text: string][] {
  const { requests, connections } = ceiling;
  const late = ({ p50, p99 }: { p50: number; p99: number }) =>
    `${microseconds(p50)} late, 1 % of the time ${microseconds(p99)}`;
  const rates = [
    ...(requests === null ? [] : [`${integer(requests)} requests/s on kept connections`]),
    ...(connections === null ? [] : [`${integer(connections)} connections/s`]),
  ];
  return [
    [
      'client ceiling',
      rates.length === 0 ? 'no valid trial' : `${rates.join(', ')}: what one client thread can do at most`,
    ],
    ['timers', `setTimeout is ${late(timers.setTimeout)}`],
    ['pacing', `an open loop is ${late(timers.pacer)}`],
    [
      'noise',
      noise === null
        ? 'too few valid trials'
        : `on this machine ${noise.runs} runs can show a difference of about ${percent(noise.detectable, 0)} in throughput (${noise.trials} short trials of the same varied by ${percent(noise.logDeviation)})`,
    ],
  ];
}
