import { parseArgs } from 'node:util';
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

const takesValue = (flag: FlagName) => flagNamed(flag).value !== undefined;

const options = Object.fromEntries(
  flagNames.map((name) => {
    const { alias } = flagNamed(name);
    return [name, { type: takesValue(name) ? 'string' : 'boolean', ...(alias && { short: alias }) }] as const;
  }),
);

/** Take the command line apart. Values are not looked at yet; a missing one is an empty text. */
export function readArgv(argv: readonly string[]): Invocation {
  const own = beforeTerminator(argv);
  refuseSlips(own);
  // Its own checks, those of `strict`, name neither value nor way out.
  const { tokens } = parseArgs({
    args: [...own],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const invocation: Invocation = { given: [], positionals: [], rest: undefined };
  for (const token of tokens)
    if (token.kind === 'option') invocation.given.push(givenBy(token));
    else if (token.kind === 'positional') invocation.positionals.push(token.value);
  const dashed = invocation.positionals.find((word) => word.startsWith('-'));
  if (dashed !== undefined) throw unknownFlag(dashed);
  if (own.length < argv.length) invocation.rest = argv.slice(own.length + 1);
  return invocation;
}

export function beforeTerminator(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}

interface OptionToken {
  name: string;
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function givenBy({ name, rawName, value, inlineValue }: OptionToken): Given {
  const switched = name.replace(/^no-/, '');
  if (isFlagName(switched) && !takesValue(switched))
    return { flag: switched, name: rawName, text: String(switched === name) };
  if (!isFlagName(name)) throw unknownFlag(rawName, name);
  return { flag: name, name: rawName, text: textOf(rawName, value, inlineValue) };
}

function textOf(rawName: string, value = '', isInline = false): string {
  // `-w=4`, where parseArgs takes all that follows the letter.
  if (isInline) return rawName.startsWith('--') ? value : value.replace(/^=/, '');
  // The next flag, as against a negative number.
  return /^-\D/.test(value) ? '' : value;
}

/** What parseArgs would let pass: a switch may have a value, and `-policy` means `-p olicy`. */
function refuseSlips(argv: readonly string[]): void {
  for (const word of argv) {
    const [, dashes, no = '', name = '', equals] = /^(--?)(no-)?([^=]+)(=)?/.exec(word) ?? [];
    if (dashes === '-' && isFlagName(name)) throw unknownFlag(word, name);
    const flag = flagNames.find((each) => each === name || flagNamed(each).alias === name);
    if (equals && flag !== undefined && !takesValue(flag))
      throw usageError('bad-option', oneLine(`${word}: this flag takes no value; write --${no}${flag}`));
  }
}

function unknownFlag(name: string, key = '') {
  // One letter is close to every other.
  const hint = didYouMean(key.length > 1 ? key : '', flagNames, '; bench --help lists them all', '--');
  return usageError('unknown-flag', oneLine(`${name}: unknown flag${hint}`));
}
