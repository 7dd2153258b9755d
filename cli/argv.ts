// By itself, since what yargs loads for its own help takes a third of a start.
import Parser from 'yargs-parser';
import { usageError } from '../harness/errors.js';
import { type FlagName, flagNamed, flagNames, isFlagName } from './options.js';
import { didYouMean } from './suggest.js';
import { oneLine } from './values.js';

/** A flag as it was given, on the command line or in a file. A switch has the text `true` or `false`. */
export interface Given {
  flag: FlagName;
  /** As the user wrote it, for messages: `-w`, `--workers`, `bench.json: workers`. */
  name: string;
  text: string;
}

export interface Invocation {
  given: Given[];
  positionals: string[];
  /** What followed `--`; undefined without one. */
  rest: string[] | undefined;
}

const aliases = new Map(flagNames.flatMap((name) => withAlias(name)));
const takesValue = (flag: FlagName) => flagNamed(flag).value !== undefined;
const names = [...flagNames, ...aliases.keys()];
const valueFlags = names.filter((name) => takesValue(flagOf(name) as FlagName));
const switches = names.filter((name) => !valueFlags.includes(name));

/** Take the command line apart. Values are not looked at yet; a missing one is an empty text. */
export function readArgv(argv: readonly string[]): Invocation {
  const own = beforeTerminator(argv);
  refuseSlips(own);
  const { parsed, missing } = parseWithYargs([...own.map(detachShortValue), ...argv.slice(own.length)]);
  const { _: positionals, '--': rest, ...found } = parsed;
  if (missing !== undefined) return { given: givenAs(missing, ''), positionals: [], rest: undefined };

  const unknown = Object.keys(found).find((key) => !isGiven(key, found[key]));
  if (unknown !== undefined) throw unknownFlag(typed(unknown, found[unknown]), unknown);
  const dashed = positionals.map(String).find((word) => word.startsWith('-'));
  if (dashed !== undefined) throw unknownFlag(dashed);
  return {
    given: Object.entries(found).flatMap(([key, value]) => givenAs(key, value)),
    positionals: positionals.map(String),
    // yargs leaves it out where nothing follows.
    rest: own.length < argv.length ? (rest ?? []).map(String) : undefined,
  };
}

export function beforeTerminator(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}

/**
 * The parser of yargs without its validation, whose messages name neither value nor way out (and which a flag called
 * `--constructor` crashes). Aliases are told to it as flags of their own: that leaves the name the user typed.
 */
function parseWithYargs(argv: string[]) {
  const { argv: parsed, error } = Parser.detailed(argv, {
    string: valueFlags,
    narg: Object.fromEntries(valueFlags.map((name) => [name, 1])),
    boolean: switches,
    configuration: {
      'populate--': true,
      'strip-aliased': true,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    },
  });
  // Its one error: a flag without a value, "Not enough arguments following: workers".
  return { parsed, missing: error?.message.replace(/^.*: /s, '') };
}

/** `-c50` → `-c=50`: yargs would take `-d500ms` for seven flags. */
function detachShortValue(word: string): string {
  const [, alias = '', value] = /^-([A-Za-z])([^=].*)$/s.exec(word) ?? [];
  return valueFlags.includes(alias) ? `-${alias}=${value}` : word;
}

/** What yargs would let pass: `--json=maybe` is false to it, and `-policy` means `-p olicy`. */
function refuseSlips(argv: readonly string[]): void {
  for (const word of argv) {
    const [, dashes, no = '', name = '', equals] = /^(--?)(no-)?([^=]+)(=)?/.exec(word) ?? [];
    if (dashes === '-' && isFlagName(name)) throw unknownFlag(word, name);
    if (equals && switches.includes(name))
      throw usageError(
        'bad-option',
        oneLine(`${word}: this flag takes no value; write --${no}${flagOf(name)}`),
      );
  }
}

/** A flag that yargs has negated, `--no-workers`, is one only when it is a switch. */
function isGiven(key: string, value: unknown): boolean {
  return flagOf(key) !== undefined && (switches.includes(key) || typeof value !== 'boolean');
}

function givenAs(key: string, value: unknown): Given[] {
  const flag = flagOf(key) as FlagName;
  return [value].flat().map((one) => ({ flag, name: typed(key, one), text: String(one) }));
}

function unknownFlag(name: string, key = '') {
  // One letter is close to every other.
  const hint = didYouMean(key.length > 1 ? key : '', flagNames, '; bench --help lists them all', '--');
  return usageError('unknown-flag', oneLine(`${name}: unknown flag${hint}`));
}

function typed(key: string, value: unknown): string {
  if (key.length === 1) return `-${key}`;
  return value === false ? `--no-${key}` : `--${key}`;
}

function flagOf(name: string): FlagName | undefined {
  return isFlagName(name) ? name : aliases.get(name);
}

function withAlias(name: FlagName): [string, FlagName][] {
  const { alias } = flagNamed(name);
  return alias === undefined ? [] : [[alias, name]];
}
