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
  /** What is typed, in help. */
  usage: string;
  flags: readonly FlagName[];
}

/** Everything that bench can be asked to do, in the order of help. */
export const verbs: readonly Verb[] = [
  {
    name: 'run',
    usage: 'bench [run] [app] [options] [-- arguments for the app]',
    summary: 'measure: what bench does where no verb is named',
    flags: runFlags,
  },
  {
    name: 'ab',
    usage: 'bench ab [app] [options] [-- arguments for the app]',
    summary: 'did it get worse? two servers, in turns until it is clear',
    flags: abFlags,
  },
  {
    name: 'compare',
    usage: 'bench compare BASE CANDIDATE [options]',
    summary: 'the same, of two files',
    flags: fileComparisonFlags,
  },
  {
    name: 'report',
    usage: 'bench report FILE [options]',
    summary: 'show a run again, or in another format',
    flags: reportFlags,
  },
  {
    name: 'history',
    usage: 'bench history DIR|FILES… [options]',
    summary: 'what changed over many runs',
    flags: historyFlagNames,
  },
  {
    name: 'inspect',
    usage: 'bench inspect [app] [options] [-- arguments for the app]',
    summary: 'look at one server: its processes, sockets and messages',
    flags: inspectFlags,
  },
  {
    name: 'doctor',
    usage: 'bench doctor [options]',
    summary: 'what on this machine spoils a measurement',
    flags: doctorFlags,
  },
  {
    name: 'list',
    usage: 'bench list [LIST]',
    summary: 'policies, workloads, formats and so on, a line for each',
    flags: [],
  },
  {
    name: 'completion',
    usage: 'bench completion',
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
