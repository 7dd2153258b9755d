import pico from 'picocolors';
import { exitCode } from '../harness/errors.js';
import { wrap } from '../reports/render/text.js';
import { explanations } from './examples.js';
import type { Choice, Flag, Known, VerbName } from './flag.js';
import { hanging } from './hanging.js';
import { type FlagName, flagNamed, flagNames } from './options.js';
import { runVerb, type Verb, verbs } from './verbs.js';

/** What help is asked for. */
export interface HelpRequest {
  /** Without one, of bench: the verbs, and all that `bench run` takes. */
  verb?: Verb | undefined;
  /** `-h`: about a screen; `--help` has everything. */
  brief: boolean;
}

export interface HelpAppearance {
  columns: number;
  color: boolean;
}

const narrowest = 60;
const widest = 100;
const flagColumn = 28;
/** What takes no more flags than these has them all on a screen. */
const fitOnAScreen = 20;

/** The text of help, from the same literals that parse the flags. Lines are as wide as the terminal, 60 to 100 columns. */
export function helpText(
  known: Known,
  { verb, brief }: HelpRequest,
  { columns, color }: HelpAppearance,
): string {
  const width = Math.min(Math.max(columns, narrowest), widest);
  const { bold } = pico.createColors(color);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [bold(`${title}:`), ...lines.map((line) => `  ${line}`)];
  const rows = (choices: readonly Choice[], indent?: number) => listed(choices, width - 2, indent);

  const { name, flags } = verb ?? runVerb;
  const isCut = brief && flags.length > fitOnAScreen;
  const shown = flagNames
    .filter((flag) => flags.includes(flag) || flag === 'help')
    .map((flag) => said(flag, name))
    .filter(({ often }) => !isCut || often);
  const groups = [...new Set(shown.map(({ group }) => group))];
  const takes = (flag: FlagName) => !isCut && flags.includes(flag);
  const sections = [
    wrap(verb ? explanations[name].about : purpose, width),
    section('Usage', verb ? [usageOf(verb)] : usage),
    verb
      ? []
      : section(
          'Verbs',
          rows(verbs.map(({ name, operands, summary }) => ({ name: joined(name, operands), summary }))),
        ),
    ...(isCut
      ? [section('Options used most', rows(shown, flagColumn))]
      : groups.map((title) =>
          section(
            title,
            rows(
              shown.filter(({ group }) => group === title),
              flagColumn,
            ),
          ),
        )),
    section('Names (bench list tells what each is)', isCut ? [] : rows(namesFor(shown, known))),
    section('Thresholds', takes('threshold') ? rows(thresholds) : []),
    section('Exit codes', takes('fail-on') ? rows(exitCodes) : []),
    section('Examples', rows(explanations[name].examples)),
    closing(verb, isCut).flatMap((sentence) => wrap(sentence, width)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const purpose = 'Who gets the connections when Node.js runs on several processes, and how evenly';
const usage = ['bench [app] [options] [-- arguments for the app]', 'bench VERB …'];

const joined = (...words: readonly string[]) => words.filter((word) => word !== '').join(' ');

function usageOf({ name, operands, flags }: Verb): string {
  return joined(
    'bench',
    name === 'run' ? '[run]' : name,
    operands,
    flags.length > 0 ? '[options]' : '',
    operands === '[app]' ? '[-- arguments for the app]' : '',
  );
}

/** The last thing that is read. */
function closing(verb: Verb | undefined, isCut: boolean): string[] {
  const whole = `bench ${verb ? `${verb.name} ` : ''}--help has every option`;
  const ofVerbs = 'bench VERB --help what a verb takes, and bench list what can be named.';
  if (verb) return isCut ? [`${whole}.`] : [];
  return [isCut ? `${whole}, ${ofVerbs}` : `bench -h is the short of this; ${ofVerbs}`];
}

/** Rows whose right column begins where the longest name allows, unless it is said where. */
function listed(choices: readonly Choice[], width: number, indent?: number): string[] {
  const longest = Math.max(...choices.map(({ name }) => name.length));
  return choices.flatMap((choice) => hanging(choice, indent ?? longest + 2, width));
}

type SaidFlag = Choice & Pick<Flag, 'group' | 'often' | 'names'>;

function said(name: FlagName, verb: VerbName): SaidFlag {
  const { alias, value, negated, of, ...flag } = flagNamed(name);
  const { group, description, default: fallback, names, often } = { ...flag, ...of?.[verb] };
  const short = alias === undefined ? '    ' : `-${alias}, `;
  const long = `--${negated ? 'no-' : ''}${name}${value === undefined ? '' : ` <${value}>`}`;
  const summary = fallback === undefined ? description : `${description} [${fallback}]`;
  return { name: short + long, summary, group, ...(names && { names }), ...(often && { often }) };
}

/** What the flags may name, without what it is: that is what `bench list` is for. */
function namesFor(shown: readonly SaidFlag[], known: Known): Choice[] {
  return shown.flatMap(({ names: list }) =>
    list === undefined ? [] : [{ name: list, summary: known[list].map(({ name }) => name).join(', ') }],
  );
}

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
