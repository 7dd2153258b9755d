import { duration } from '../duration.js';
import type { Flag } from '../flag.js';
import { oneOf, type Parse, refuse, wholeNumber } from '../values.js';

export interface Runs {
  fewest: number;
  most: number;
}

const runsExpected = 'a whole number from 1, or a range such as 12..60';
const positive = wholeNumber({ min: 1 }, runsExpected);

const range: Parse<Runs> = (text, name) => {
  const [, fewest = '', most = fewest] = /^(\d+)(?:\.\.(\d+))?$/.exec(text) ?? [];
  if (fewest === '') return refuse(name, text, runsExpected);
  const runs = { fewest: positive(fewest, name), most: positive(most, name) };
  return runs.fewest <= runs.most ? runs : refuse(name, text, runsExpected);
};

/** How cells become trials. */
export const trialFlags = {
  runs: {
    group: 'Trials',
    alias: 'r',
    value: 'count',
    default: '6',
    description: 'trials per cell; 12..60 ends once there is a verdict',
    of: { ab: { description: 'pairs of trials; a range ends once there is a verdict', default: '12..60' } },
    often: true,
    parse: range,
  },
  scenario: {
    group: 'Trials',
    value: 'name',
    description: 'what is done to the server while it is measured',
    names: 'scenarios',
    often: true,
    choices: ({ scenarios }) => scenarios.map(({ name }) => name),
    parse: (value, name, { scenarios }) => oneOf(scenarios.map((each) => each.name))(value, name),
  },
  warmup: {
    group: 'Trials',
    value: 'time',
    default: '500ms',
    description: 'load before measuring; 0 for none',
    parse: duration({ orNone: true }),
  },
  timeout: {
    group: 'Trials',
    value: 'time',
    default: '10s',
    description: 'how long a server may take to be ready, or an answer to come',
    of: { inspect: { group: 'App' } },
    parse: duration(),
  },
  seed: {
    group: 'Trials',
    value: 'number',
    default: 'random',
    description: 'of the order of trials, and of all that is drawn at random',
    of: {
      history: {
        group: 'History',
        description: 'of the permutations that a change is tested by',
        default: '1',
      },
    },
    parse: wholeNumber({ min: 0, max: 2 ** 32 - 1 }, 'a whole number from 0 to 4294967295'),
  },
} as const satisfies Record<string, Flag>;
