import { isModule } from '../../harness/policies/policy.js';
import type { Choice, Flag, Known } from '../flag.js';
import { listOf, oneOf, type Parse, refuse, text, wholeNumber } from '../values.js';

export const namesOf = (choices: readonly Choice[]) => choices.map(({ name }) => name);
/** SCHED_NONE is what Node's docs call `shared`. */
export const policyAliases = { none: 'shared' };
/** One of ours by its name, or a module of the user's by its path. */
export function nameOrModule(names: readonly string[], aliases: Record<string, string> = {}): Parse<string> {
  return (value, name) => {
    if (isModule(value)) return value;
    if (/\.[cm]?[jt]s$/.test(value))
      refuse(name, value, `a path that begins with / or ., such as ./${value}`);
    return oneOf(names, aliases)(value, name);
  };
}
export const onePolicy = (value: string, name: string, { policies }: Known): string =>
  nameOrModule(namesOf(policies), policyAliases)(value, name);

const listOfWeights = 'whole numbers from 1 to 1000000, one for each worker, such as 3,1,1,1';
const listOfWorkers = 'whole numbers from 1, such as 2,4,8';

/** What makes the cells of a run. */
export const compareFlags = {
  policy: {
    group: 'What to compare',
    alias: 'p',
    value: 'list',
    default: 'rr,shared',
    description: 'how connections reach the workers; ./my-policy.js is your own',
    of: {
      ab: { description: 'how connections reach the workers of both', default: 'rr' },
      inspect: { group: 'What to look at', default: 'rr' },
      history: { group: 'History', description: 'only these', default: 'all' },
    },
    names: 'policies',
    often: true,
    list: 'set',
    choices: ({ policies }) => namesOf(policies),
    parse: (value, name, known) => listOf((item, flag) => onePolicy(item, flag, known))(value, name),
  },
  workers: {
    group: 'What to compare',
    alias: 'w',
    value: 'list',
    default: 'one per available CPU',
    description: 'numbers of workers',
    of: {
      ab: { description: 'how many workers both have' },
      inspect: { group: 'What to look at', description: 'how many workers', default: '2' },
    },
    often: true,
    list: 'set',
    parse: listOf(wholeNumber({ min: 1 }, listOfWorkers), listOfWorkers),
  },
  weights: {
    group: 'What to compare',
    value: 'list',
    description: 'how much each worker gets under weighted: whole numbers, such as 3,1,1,1',
    of: { inspect: { group: 'What to look at' } },
    list: 'sequence',
    parse: listOf(wholeNumber({ min: 1, max: 1_000_000 }, listOfWeights), listOfWeights),
  },
  node: {
    group: 'What to compare',
    value: 'list',
    default: 'the Node that runs bench',
    description: 'Nodes for the servers: versions (24, 22.12.0) or paths; installed on demand',
    of: {
      ab: { description: 'Node of both: a version (24, 22.12.0) or a path; installed on demand' },
      inspect: {
        group: 'What to look at',
        description: 'Node for the server: a version (24, 22.12.0) or a path; installed on demand',
      },
    },
    often: true,
    list: 'set',
    parse: listOf(text('versions or paths of Node, such as 20,24')),
  },
} as const satisfies Record<string, Flag>;
