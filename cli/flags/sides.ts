import type { Flag } from '../flag.js';
import { text, wholeNumber } from '../values.js';
import { namesOf, onePolicy } from './compare.js';

const appExpected = 'the path of an app, such as ./old/server.js';
const oneNode = text('a version or a path of Node, such as 24');
const oneWorkers = wholeNumber({ min: 1 }, 'a whole number from 1');

/** What `bench ab` compares: what is not said of a side is as it is for both. */
export const sideFlags = {
  base: {
    group: 'Base and candidate',
    often: true,
    value: 'app',
    description: 'what there is',
    parse: text(appExpected),
  },
  candidate: {
    group: 'Base and candidate',
    often: true,
    value: 'app',
    description: 'what may take its place',
    parse: text(appExpected),
  },
  'base-node': {
    group: 'Base and candidate',
    often: true,
    value: 'node',
    description: 'Node of the base',
    parse: oneNode,
  },
  'candidate-node': {
    group: 'Base and candidate',
    often: true,
    value: 'node',
    description: 'Node of the candidate',
    parse: oneNode,
  },
  'base-policy': {
    group: 'Base and candidate',
    often: true,
    value: 'policy',
    description: 'policy of the base',
    choices: ({ policies }) => namesOf(policies),
    parse: onePolicy,
  },
  'candidate-policy': {
    group: 'Base and candidate',
    often: true,
    value: 'policy',
    description: 'policy of the candidate',
    choices: ({ policies }) => namesOf(policies),
    parse: onePolicy,
  },
  'base-workers': {
    group: 'Base and candidate',
    often: true,
    value: 'count',
    description: 'number of workers of the base',
    parse: oneWorkers,
  },
  'candidate-workers': {
    group: 'Base and candidate',
    often: true,
    value: 'count',
    description: 'number of workers of the candidate',
    parse: oneWorkers,
  },
} as const satisfies Record<string, Flag>;
