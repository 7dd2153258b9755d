import { exitCode } from '../harness/errors.js';
import type { Choice, Known } from './flag.js';
import { type FlagName, flagNamed, flagNames } from './options.js';

const width = 80;
const column = 30;

const verbs: Choice[] = [
  { name: 'bench [run] [app] [options] [-- arguments for the app]', summary: 'measure' },
  { name: 'bench report FILE [--format …] [--threshold …]', summary: 'show a run again' },
  { name: 'bench history DIR|FILES… [options]', summary: 'what changed over runs' },
  { name: 'bench ab [app] --base … --candidate …', summary: 'did it get worse?' },
  { name: 'bench compare BASE CANDIDATE', summary: 'the same, of two files' },
  { name: 'bench inspect [app] [options]', summary: 'look at one server' },
  { name: 'bench doctor [--json] [--quiet] [--no-color]', summary: 'what spoils it here' },
  { name: 'bench list policies|workloads|formats|…', summary: 'a line for each' },
  { name: 'bench completion', summary: 'a script for the shell' },
];

const examples: Choice[] = [
  { name: 'bench -p rr,shared -w 4', summary: 'two policies on a built-in server' },
  { name: 'bench ./server.js -p rr,shared', summary: 'any server, unmodified' },
  { name: 'bench -l http -w 2,4 -o main.json', summary: 'HTTP, two numbers of workers' },
  { name: 'bench ab --base old.js --candidate new.js', summary: 'did it get worse?' },
  { name: 'bench -p rr,shared --format junit=ci.xml', summary: 'for CI' },
  { name: 'bench report main.json --format markdown', summary: 'for a pull request' },
];

const fairnessOf = 'of connections, requests or cpu: jain, effectiveWorkers, maxOverMean, gini,';

const thresholds: Choice[] = [
  {
    name: 'p50 p90 p99 p99.9 max',
    summary: 'response time: 20ms; others as connect.p99, firstByte.p99, service.p99',
  },
  { name: 'throughput', summary: 'per second: 5000' },
  { name: 'errors', summary: 'requests and connections that failed' },
  { name: 'cpu', summary: 'of all server processes per exchange: 80us' },
  {
    name: 'fairness.connections.…',
    summary: `${fairnessOf} coefficientOfVariation, idleWorkers, chiSquarePerDf; jain>=floor: as a fair draw; verdict!=skewed`,
  },
];

const exitCodes: Choice[] = [
  { name: String(exitCode.fine), summary: 'fine' },
  { name: String(exitCode.trialFailed), summary: 'a trial failed' },
  { name: String(exitCode.usage), summary: 'a mistake in the command line, or in a file it names' },
  { name: String(exitCode.inconclusive), summary: 'no verdict, where --fail-on inconclusive asks for one' },
  { name: String(exitCode.invalid), summary: 'a measurement is invalid' },
  { name: String(exitCode.threshold), summary: 'a threshold is missed, or the candidate is worse' },
  { name: String(exitCode.interrupted), summary: 'interrupted' },
  { name: String(exitCode.terminated), summary: 'terminated' },
];

/** The text of `bench --help`, from the same literals that parse the flags. At most 80 columns wide. */
export function helpText({ policies, workloads, scenarios, formats }: Known): string {
  const groups = [...new Set(flagNames.map((name) => flagNamed(name).group))];
  const sections = [
    ['Who gets the connections when Node.js runs on several processes, and how evenly'],
    section('Usage', verbs, 58),
    ...groups.map((group) =>
      section(group, flagNames.filter((name) => flagNamed(name).group === group).map(described)),
    ),
    section('Policies', policies, 21),
    section('Workloads', workloads, 21),
    section('Scenarios', scenarios, 21),
    section('Thresholds', thresholds, 28),
    section('Formats', formats, 21),
    section('Examples', examples, 46),
    section('Exit codes', exitCodes, 8),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section(title: string, rows: readonly Choice[], indent = column): string[] {
  return [`${title}:`, ...rows.flatMap((row) => hanging(row, indent))];
}

/** A name on the left, its summary wrapped on the right. */
function hanging({ name, summary }: Choice, indent: number): string[] {
  const [first = '', ...others] = wrap(summary, width - indent);
  const left = `  ${name} `;
  if (left.length > indent)
    return [left.trimEnd(), ...[first, ...others].map((line) => ' '.repeat(indent) + line)];
  return [`${left.padEnd(indent)}${first}`, ...others.map((line) => ' '.repeat(indent) + line)];
}

function wrap(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > columns && line !== '') lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function described(name: FlagName): Choice {
  const { alias, value, negated, description, default: fallback } = flagNamed(name);
  const short = alias === undefined ? '    ' : `-${alias}, `;
  const long = `--${negated ? 'no-' : ''}${name}${value === undefined ? '' : ` <${value}>`}`;
  return {
    name: short + long,
    summary: fallback === undefined ? description : `${description} [${fallback}]`,
  };
}
