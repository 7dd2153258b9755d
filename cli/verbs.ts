import type { Choice, VerbName } from './flag.js';
import {
  abFlags,
  doctorFlags,
  type FlagName,
  fileComparisonFlags,
  historyFlagNames,
  inspectFlags,
  reportFlags,
  runFlags,
} from './options.js';

export interface Verb extends Choice {
  name: VerbName;
  /** What it is about, as help writes it. */
  operands: string;
  flags: readonly FlagName[];
}

/** Everything that bench can be asked to do, in the order of help. */
export const verbs: readonly Verb[] = [
  {
    name: 'run',
    operands: '[app]',
    summary: 'measure: what bench does where no verb is named',
    flags: runFlags,
  },
  {
    name: 'ab',
    operands: '[app]',
    summary: 'did it get worse? two servers, in turns',
    flags: abFlags,
  },
  {
    name: 'compare',
    operands: 'BASE CANDIDATE',
    summary: 'the same, of two files',
    flags: fileComparisonFlags,
  },
  {
    name: 'report',
    operands: 'FILE',
    summary: 'show a run again, or in another format',
    flags: reportFlags,
  },
  {
    name: 'history',
    operands: 'DIR|FILES…',
    summary: 'what changed over many runs',
    flags: historyFlagNames,
  },
  {
    name: 'inspect',
    operands: '[app]',
    summary: 'look at one server: processes, sockets, messages',
    flags: inspectFlags,
  },
  {
    name: 'doctor',
    operands: '',
    summary: 'what on this machine spoils a measurement',
    flags: doctorFlags,
  },
  {
    name: 'list',
    operands: '[LIST]',
    summary: 'policies, workloads, formats …, a line for each',
    flags: [],
  },
  {
    name: 'completion',
    operands: '',
    summary: 'a script for the shell',
    flags: [],
  },
];

export function verbNamed(name: string | undefined): Verb | undefined {
  return verbs.find((verb) => verb.name === name);
}

export const verbNames: readonly string[] = [...verbs.map(({ name }) => name), 'help', 'version'];

/** What bench does where no verb is named. */
export const runVerb = verbs[0] as Verb;
