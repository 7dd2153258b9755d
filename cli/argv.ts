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

/** Take the command line apart. Values are not looked at yet. */
export async function readArgv(argv: readonly string[]): Promise<Invocation> {
  const tidy = attachShortValues(argv);
  refuseSwitchValues(beforeTerminator(tidy));
  const { _: positionals, '--': rest, $0: _command, ...found } = await parseWithYargs(tidy);
  const unknown = Object.keys(found).find((key) => !isGiven(key, found[key]));
  if (unknown !== undefined) throw unknownFlag(unknown, found[unknown]);
  return {
    given: Object.entries(found).flatMap(([key, value]) => givenAs(key, value)),
    positionals: positionals.map(String),
    rest: argv.includes('--') ? ((rest ?? []) as string[]) : undefined,
  };
}

export function beforeTerminator(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}

/**
 * Aliases are told to yargs as flags of their own: that leaves the name the user typed. It does not validate either,
 * since its messages name neither value nor way out.
 */
async function parseWithYargs(argv: string[]) {
  const { default: yargs } = await import('yargs');
  const missing: string[] = [];
  const parser = yargs(argv)
    .parserConfiguration({
      'populate--': true,
      'strip-aliased': true,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .detectLocale(false)
    .help(false)
    .version(false)
    .exitProcess(false)
    .string(valueFlags)
    .nargs(Object.fromEntries(valueFlags.map((name) => [name, 1])))
    .boolean(switches)
    .fail((message) => {
      // With nothing to validate it can only complain that a flag has no value: "… following: workers".
      missing.push(message.replace(/^.*: /s, ''));
    });
  const parsed: Record<string, unknown> & { _: (string | number)[] } = await parser.parseAsync();
  for (const name of missing) parsed[name] = '';
  return parsed;
}

/** `-c50` → `-c=50`: yargs would take `-d500ms` for seven flags. */
function attachShortValues(argv: readonly string[]): string[] {
  const own = beforeTerminator(argv).map((word) => {
    const [, alias = '', value] = /^-([A-Za-z])([^=].*)$/s.exec(word) ?? [];
    return valueFlags.includes(alias) && !isFlagName(word.slice(1)) ? `-${alias}=${value}` : word;
  });
  return [...own, ...argv.slice(own.length)];
}

function refuseSwitchValues(argv: readonly string[]): void {
  for (const word of argv) {
    const [, name = ''] = /^--?(?:no-)?([^=]+)=/.exec(word) ?? [];
    if (switches.includes(name))
      throw usageError('bad-option', oneLine(`${word}: this flag takes no value; write --${flagOf(name)}`));
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

function unknownFlag(key: string, value: unknown) {
  const name = typed(key, value);
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
