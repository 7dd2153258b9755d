import type { Known } from './flag.js';
import { lists } from './list.js';
import { flagNamed, flagNames } from './options.js';
import { verbs } from './verbs.js';

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
  const completions = await completionsAfter(words, known);
  return completions.map((completion) => `${completion}\n`).join('');
}

/** yargs completes verbs and flags; of what a verb takes besides it knows nothing. */
async function completionsAfter(words: readonly string[], known: Known): Promise<readonly string[]> {
  const [, verb, begun = '', ...more] = words;
  if (verb === 'list' && words.length > 2)
    return more.length === 0 ? lists.filter((name) => name.startsWith(begun)) : [];
  const parser = await describedToYargs(known);
  return parser.getCompletion([...words]);
}

async function describedToYargs(known: Known) {
  const { default: yargs } = await import('yargs');
  const parser = yargs([])
    .scriptName('bench')
    .help(false)
    .version(false)
    .exitProcess(false)
    .detectLocale(false);
  for (const { name, summary } of verbs) parser.command(name, summary);
  // No aliases: yargs would offer `--p` for `-p`.
  for (const name of flagNames) {
    const { description, value, negated, choices } = flagNamed(name);
    parser.option(negated ? `no-${name}` : name, {
      description,
      type: value === undefined ? 'boolean' : 'string',
      choices: choices?.(known),
    });
  }
  return parser.parserConfiguration({ 'camel-case-expansion': false, 'boolean-negation': false });
}
