import { readFile } from 'node:fs/promises';
import { usageError } from '../harness/errors.js';
import { errorCode, systemReason } from '../harness/system-error.js';
import type { Given } from './argv.js';
import { type FlagName, flagNamed, flagNames, isFlagName } from './options.js';
import { didYouMean } from './suggest.js';
import { oneLine } from './values.js';

export interface Config {
  given: Given[];
  app?: string;
  args?: string[];
}

/** Not in a file: they are about the command line, or of a verb that reads none. */
const commandLineOnly: readonly FlagName[] = ['config', 'help', 'version', 'metric'];
const allowed = [...flagNames.filter((name) => !commandLineOnly.includes(name)), 'app', 'args'];

/** Read a `--config` file: the names of the long flags, with JSON's own numbers, booleans and lists. */
export async function readConfig(file: string, flag = '--config'): Promise<Config> {
  const config: Config = { given: [] };
  for (const [key, value] of Object.entries(await readObject(file, `${flag} ${file}`))) {
    const complain = (expected: string) =>
      bad(`${file}: ${key} ${JSON.stringify(value)}: expected ${expected}`);
    if (key === 'app') config.app = appOf(value, complain);
    else if (key === 'args') config.args = argsOf(value, complain);
    else if (isFlagName(key) && allowed.includes(key))
      for (const text of textsOf(key, value, complain))
        config.given.push({ flag: key, name: `${file}: ${key}`, text });
    else throw bad(`${file}: ${key}: unknown key${didYouMean(key, allowed, keysAre)}`);
  }
  return config;
}

const keysAre = '; keys are the long flags of bench --help, without --, and app and args';

/** `subject`: the flag and the file, for messages. */
async function readObject(file: string, subject: string): Promise<object> {
  const value = json(await contentOf(file, subject), subject);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw bad(`${subject}: expected a JSON object, such as {"policy": ["rr", "shared"]}`);
  return value;
}

async function contentOf(file: string, subject: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = errorCode(error) === 'ENOENT';
    const reason = isMissing ? 'there is no such file' : `it cannot be read (${systemReason(error)})`;
    throw bad(`${subject}: ${reason}`, error);
  }
}

function json(content: string, subject: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw bad(`${subject}: expected JSON: ${(error as Error).message}`, error);
  }
}

type Complain = (expected: string) => Error;

function appOf(value: unknown, complain: Complain): string {
  if (typeof value === 'string' && value !== '') return value;
  throw complain('the path of an app, such as "./server.js"');
}

function argsOf(value: unknown, complain: Complain): string[] {
  if (Array.isArray(value) && value.every(isScalar)) return value.map(String);
  throw complain('a list of arguments, such as ["--port", "3000"]');
}

/** What says the same on the command line: a flag for each item of a list, since an item may have a comma in it. */
function textsOf(name: FlagName, value: unknown, complain: Complain): string[] {
  const flag = flagNamed(name);
  if (flag.value === undefined) {
    if (typeof value === 'boolean') return [String(value)];
    throw complain('true or false');
  }
  if (isScalar(value)) return [String(value)];
  if (flag.list && Array.isArray(value) && value.every(isScalar))
    return value.length === 0 ? [''] : value.map(String);
  throw complain(flag.list ? 'text, a number or a list of them' : 'text or a number');
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function bad(message: string, cause?: unknown) {
  return usageError('bad-config', oneLine(message), cause);
}
