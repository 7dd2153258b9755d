import type { Flag, Known } from './flag.js';
import { lists } from './list.js';
import { flagNamed, flagNames } from './options.js';
import { runVerb, type Verb, verbNamed, verbs } from './verbs.js';

/** What the script in a user's shell calls bench with, before the words typed so far. */
export const completionRequest = '--get-yargs-completions';

/** A script that makes bash, zsh or fish (by `$SHELL`) complete `bench`. */
export async function completionScript(known: Known): Promise<string> {
  const parser = await describedToYargs(known);
  return new Promise((resolve, reject) => {
    parser.completion('completion').parse(['completion'], {}, (error, _argv, output) => {
      if (error) reject(error);
      else resolve(`${output.trimEnd()}\n`);
    });
  });
}

/** One completion a line, for `words`: the command's name and what was typed after it. */
export async function completionsFor(words: readonly string[], known: Known): Promise<string> {
  const whole = unbroken(words);
  const completions = await completionsAfter(whole, known);
  // bash replaces only what it takes for a word.
  const before = (whole.at(-1) ?? '').length - (words.at(-1) ?? '').replace(/^[:=]$/, '').length;
  return completions.map((completion) => `${completion.slice(before)}\n`).join('');
}

/** bash breaks `proxy:ip-hash` and `--policy=rr` into words at `:` and at `=`, which are words too. */
function unbroken(words: readonly string[]): string[] {
  const whole: string[] = [];
  words.forEach((word, index) => {
    const isOfLast = word === ':' || words[index - 1] === ':';
    if (isOfLast) whole.push(`${whole.pop() ?? ''}${word}`);
    else if (word !== '=') whole.push(word);
    else if (index === words.length - 1) whole.push('');
  });
  return whole;
}

/** yargs completes verbs and flags; what a verb or a flag takes is ours, and a file is what the shell itself completes. */
async function completionsAfter(words: readonly string[], known: Known): Promise<readonly string[]> {
  const [, first, ...more] = words;
  const current = words.at(-1) ?? '';
  const flag = flagOf(words.at(-2));
  if (flag?.value !== undefined && !current.startsWith('-')) return valuesOf(flag, current, known);
  const verb = verbNamed(first);
  if (first === 'help' || (verb && more.length > 0 && !current.startsWith('-'))) {
    const operands = first === 'help' ? verbs.map(({ name }) => name) : first === 'list' ? lists : [];
    return more.length === 1 ? operands.filter((name) => name.startsWith(current)) : [];
  }
  const parser = await describedToYargs(known, verb);
  return parser.getCompletion([...words]);
}

function flagOf(word = ''): Flag | undefined {
  const name = flagNames.find((each) => word === `--${each}` || word === `-${flagNamed(each).alias}`);
  return name && flagNamed(name);
}

/** Of a list the item that is being typed. */
function valuesOf({ choices, list }: Flag, current: string, known: Known): string[] {
  const typed = list ? current.slice(0, current.lastIndexOf(',') + 1) : '';
  return (choices?.(known) ?? [])
    .map((name) => typed + name)
    .filter((value) => value.startsWith(current))
    .map((value) => (isZsh() ? value.replaceAll(':', '\\:') : value));
}

/** There a colon ends the name and a description follows. */
function isZsh(): boolean {
  return [process.env.SHELL, process.env.ZSH_NAME].some((name) => name?.includes('zsh'));
}

async function describedToYargs(known: Known, { flags }: Verb = runVerb) {
  const { default: yargs } = await import('yargs');
  const parser = yargs([])
    .scriptName('bench')
    .help(false)
    .version(false)
    .exitProcess(false)
    .detectLocale(false);
  for (const { name, summary } of verbs) parser.command(name, summary);
  // No aliases: yargs would offer `--p` for `-p`.
  for (const name of flagNames.filter((each) => flags.includes(each))) {
    const { description, value, negated, choices } = flagNamed(name);
    parser.option(negated ? `no-${name}` : name, {
      description,
      type: value === undefined ? 'boolean' : 'string',
      choices: choices?.(known),
    });
  }
  return parser.parserConfiguration({ 'camel-case-expansion': false, 'boolean-negation': false });
}
