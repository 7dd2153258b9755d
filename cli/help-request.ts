import { usageError } from '../harness/errors.js';
import type { HelpRequest } from './help.js';
import { didYouMean } from './suggest.js';
import { oneLine } from './values.js';
import { verbNamed, verbs } from './verbs.js';

/**
 * `--help` and `-h` wherever they stand, `help` and `help VERB`; undefined where the words ask for none.
 * @throws BenchError exit code 2 where there is no such verb
 */
export function helpRequested(words: readonly string[]): HelpRequest | undefined {
  const [first, second] = words;
  if (first === 'help') return requestedOf(second);
  if (!words.includes('--help') && !words.includes('-h')) return undefined;
  const verb = verbNamed(words.find((word) => !word.startsWith('-')));
  return { verb, brief: !words.includes('--help') };
}

function requestedOf(name: string | undefined): HelpRequest {
  if (name === undefined || name.startsWith('-')) return { brief: name !== '--help' };
  const verb = verbNamed(name);
  if (verb) return { verb, brief: false };
  const names = verbs.map((each) => each.name);
  const hint = didYouMean(name, names);
  throw usageError(
    'bad-option',
    oneLine(`help ${name}: there is no such verb, but ${names.join(', ')}${hint}`),
  );
}
