import { usageError } from '../harness/errors.js';
import { beforeTerminator, type Given, type Invocation, readArgv } from './argv.js';
import { completionRequest, completionScript, completionsFor } from './completion.js';
import { readConfig } from './config.js';
import { refuseContradictions } from './contradictions.js';
import type { Known } from './flag.js';
import type { HelpRequest } from './help.js';
import { helpRequested } from './help-request.js';
import { type ListName, lists } from './list.js';
import {
  type CompareOptions,
  type DoctorOptions,
  type FlagName,
  flagNamed,
  flagNames,
  type HistoryOptions,
  type Options,
  type ReportOptions,
} from './options.js';
import { didYouMean } from './suggest.js';
import { oneLine, oneOf } from './values.js';
import { runVerb, type Verb, verbNamed, verbNames, verbs } from './verbs.js';

/** What the command line asks for. */
export type Command =
  | { verb: 'run'; options: Options }
  | { verb: 'ab'; options: Options }
  | { verb: 'compare'; base: string; candidate: string; options: CompareOptions }
  | { verb: 'inspect'; options: Options }
  | { verb: 'report'; file: string; options: ReportOptions }
  | { verb: 'history'; files: string[]; options: HistoryOptions }
  | { verb: 'doctor'; options: DoctorOptions }
  | { verb: 'list'; list: ListName | undefined }
  | { verb: 'help'; about: HelpRequest; options: { color?: false } }
  | { verb: 'version' }
  | { verb: 'completion'; script: string };

/** Read the command line (without Node and the script). Every mistake in it is a BenchError of exit code 2. */
export async function parse(argv: readonly string[], known: Known): Promise<Command> {
  const own = beforeTerminator(argv);
  if (own[0] === completionRequest)
    return { verb: 'completion', script: await completionsFor(argv.slice(1), known) };
  // Before all else: help must come however wrong the rest is.
  const about = helpRequested(own);
  const options = own.includes('--no-color') ? { color: false as const } : {};
  if (about) return { verb: 'help', about, options };
  if (own[0] === 'version' || own.includes('--version') || own.includes('-V')) return { verb: 'version' };

  const invocation = readArgv(argv);
  // Several short flags in one word, `-hV`.
  if (isOn('help', invocation.given)) return { verb: 'help', about: { brief: true }, options };
  if (isOn('version', invocation.given)) return { verb: 'version' };
  const [first, ...operands] = invocation.positionals;
  const verb = verbNamed(first);
  const told = { ...invocation, positionals: verb ? operands : invocation.positionals };
  refuseFlags(verb ?? runVerb, told.given);
  switch (verb?.name) {
    case undefined:
    case 'run':
      return run(told, known);
    case 'ab':
      return ab(told, known);
    case 'compare':
      return compare(told, known);
    case 'report':
      return report(told, known);
    case 'history':
      return history(told, known);
    case 'inspect':
      return inspect(told, known);
    case 'doctor':
      refuseMore('doctor takes no app', [...operands, ...(told.rest ?? [])]);
      return { verb: 'doctor', options: read(told.given, known) };
    case 'list':
      return list(told);
    case 'completion':
      refuseMore('completion takes nothing', [...operands, ...(told.rest ?? [])]);
      return { verb: 'completion', script: await completionScript(known) };
  }
}

async function run({ given, positionals, rest }: Invocation, known: Known): Promise<Command> {
  const [named, ...more] = positionals;
  if (named === '')
    throw usageError('bad-option', 'the app is empty; expected its path, such as ./server.js');
  refuseMore(
    `bench takes one app${didYouMean(named ?? '', verbNames, '; arguments for it follow --', 'bench ')}`,
    more,
  );
  const merged = await withConfig({ given, app: named, args: rest }, known);
  const options: Options = { ...read(merged.given, known), args: merged.args ?? [] };
  if (merged.app !== undefined) options.app = merged.app;
  // Of two sides each has its own app, and the same rules.
  const app = options.app ?? options.base ?? options.candidate;
  refuseContradictions({ ...options, ...(app !== undefined && { app }) }, merged.given);
  return { verb: 'run', options };
}

async function inspect(invocation: Invocation, known: Known): Promise<Command> {
  const { options } = (await run(invocation, known)) as { options: Options };
  const one = (['policy', 'workers', 'node'] as const).find((flag) => (options[flag]?.length ?? 0) > 1);
  if (one !== undefined)
    throw usageError(
      'bad-option',
      `--${one} ${options[one]?.join(',')}: bench inspect looks at one; leave the others out`,
    );
  return { verb: 'inspect', options };
}

const sidesNeeded =
  'expected --base and --candidate, or what differs between them, such as --base-node 22 --candidate-node 24';

async function ab(invocation: Invocation, known: Known): Promise<Command> {
  const { options } = (await run(invocation, known)) as { options: Options };
  const { app, base = app, candidate = app } = options;
  const one = (['policy', 'workers', 'node'] as const).find((flag) => (options[flag]?.length ?? 0) > 1);
  if (one !== undefined)
    throw usageError(
      'bad-option',
      `--${one} ${options[one]?.join(',')}: of each side there is one; use --base-${one} and --candidate-${one}`,
    );
  const ofSides = Object.keys(options).some((name) => /^(base|candidate)(-|$)/.test(name));
  if (!ofSides) throw usageError('bad-option', `ab: nothing is compared; ${sidesNeeded}`);
  if (app !== undefined && options.base !== undefined && options.candidate !== undefined)
    throw usageError('bad-option', oneLine(`${app}: --base and --candidate name both apps; leave it out`));
  if ((base === undefined) !== (candidate === undefined))
    throw usageError(
      'bad-option',
      oneLine(
        base === undefined
          ? `--candidate ${candidate}: the base is missing; say --base`
          : `--base ${base}: the candidate is missing; say --candidate`,
      ),
    );
  return { verb: 'ab', options };
}

function compare({ given, positionals, rest }: Invocation, known: Known): Command {
  const [base, candidate, ...more] = positionals;
  if (!base || !candidate)
    throw usageError(
      'bad-option',
      'compare: two files are needed, the base first; such as bench compare main.json branch.json',
    );
  refuseMore('compare takes two files', [...more, ...(rest ?? [])]);
  return { verb: 'compare', base, candidate, options: read(given, known) };
}

function report({ given, positionals, rest }: Invocation, known: Known): Command {
  const [file, ...more] = positionals;
  if (file === undefined || file === '')
    throw usageError(
      'bad-option',
      'report: a file is missing; expected the record of a run, such as main.json',
    );
  refuseMore('report takes one file', [...more, ...(rest ?? [])]);
  return { verb: 'report', file, options: read(given, known) };
}

function history({ given, positionals, rest }: Invocation, known: Known): Command {
  refuseMore('history takes no arguments for an app', rest ?? []);
  if (positionals.length === 0 || positionals.includes(''))
    throw usageError(
      'bad-option',
      'history: a folder or files are missing; expected records of runs, such as bench-results',
    );
  return { verb: 'history', files: positionals, options: read(given, known) };
}

function list({ positionals, rest }: Invocation): Command {
  const [name, ...more] = positionals;
  refuseMore('list takes one of its lists', [...more, ...(rest ?? [])]);
  return { verb: 'list', list: name === undefined ? undefined : oneOf(lists)(name, 'list') };
}

interface Told {
  given: Given[];
  app?: string | undefined;
  args?: string[] | undefined;
}

/** Flags win over the file, and so does one that excludes what the file says: `-n` drops its duration. */
async function withConfig(told: Told, known: Known): Promise<Told> {
  const notConfig = ({ flag }: Given) => flag !== 'config';
  const config = told.given.filter((one) => !notConfig(one));
  if (config.length === 0) return told;
  const file = read(config, known).config ?? '';
  const from = await readConfig(file, config[0]?.name);

  const has = (flag: FlagName) => told.given.some((one) => one.flag === flag);
  const overruled = (flag: FlagName) =>
    has(flag) ||
    (flag === 'duration' && has('requests')) ||
    (flag === 'requests' && has('duration')) ||
    (flag === 'workload' && told.app !== undefined);
  const appOverruled = told.app !== undefined || has('workload');
  const args = appOverruled && from.app !== undefined ? undefined : from.args;
  return {
    given: [...from.given.filter(({ flag }) => !overruled(flag)), ...told.given.filter(notConfig)],
    app: told.app ?? (appOverruled ? undefined : from.app),
    args: told.args ?? args,
  };
}

type Values = Omit<Options, 'app' | 'args'> & Pick<HistoryOptions, 'metric'> & { config?: string };

/** The values of what was given, each through the `parse` of its flag. */
function read(given: readonly Given[], known: Known): Values {
  const values: Record<string, unknown> = {};
  for (const name of flagNames) {
    const ours = given.filter(({ flag }) => flag === name);
    if (ours.length > 0) values[name] = valueAmong(name, ours, known);
  }
  return values;
}

function valueAmong(name: FlagName, given: readonly Given[], known: Known): unknown {
  const { list, parse: parseText } = flagNamed(name);
  const parsed = given.map(({ text, name }) => (parseText ? parseText(text, name, known) : text === 'true'));
  if (list === 'set') return [...new Set(parsed.flat())];
  if (list === 'sequence') return parsed.flat();
  const [first, second] = given;
  if (first && second && parseText)
    throw usageError(
      'bad-option',
      oneLine(
        `${first.name} ${first.text} and ${second.name} ${second.text}: only one is allowed; leave one out`,
      ),
    );
  return parsed.at(-1);
}

/** More than these are not all told. */
const mostNamed = 20;

function refuseFlags(verb: Verb, given: readonly Given[]): void {
  const stranger = given.find(({ flag }) => !verb.flags.includes(flag));
  if (stranger === undefined) return;
  const takers = verbs
    .filter(({ flags }) => flags.includes(stranger.flag))
    .map(({ name }) => `bench ${name}`);
  if (verb.flags.length > mostNamed)
    throw usageError(
      'bad-option',
      oneLine(
        `${stranger.name}: only ${takers.join(' and ')} ${takers.length === 1 ? 'takes' : 'take'} it; leave it out`,
      ),
    );
  const takes = verb.flags
    .map((name) => (flagNamed(name).negated ? `--no-${name}` : `--${name}`))
    .join(' and ');
  throw usageError(
    'bad-option',
    oneLine(`${stranger.name}: bench ${verb.name} takes ${takes || 'no flags'}`),
  );
}

function refuseMore(why: string, more: readonly string[]): void {
  const [first] = more;
  if (first !== undefined) throw usageError('bad-option', oneLine(`${first}: one too many; ${why.trim()}`));
}

function isOn(name: FlagName, given: readonly Given[]): boolean {
  return given.some(({ flag, text }) => flag === name && text === 'true');
}
