import type { Flag } from './flag.js';
import { appFlags } from './flags/app.js';
import { compareFlags } from './flags/compare.js';
import { gateFlags } from './flags/gates.js';
import { historyFlags } from './flags/history.js';
import { loadFlags } from './flags/load.js';
import { otherFlags } from './flags/other.js';
import { outputFlags } from './flags/output.js';
import { sideFlags } from './flags/sides.js';
import { trialFlags } from './flags/trials.js';
import { verdictFlags } from './flags/verdict.js';

/** Every flag, once, in the order of help. Keys are the long names. */
export const flags = {
  ...sideFlags,
  ...compareFlags,
  ...loadFlags,
  ...trialFlags,
  ...appFlags,
  ...gateFlags,
  ...verdictFlags,
  ...outputFlags,
  ...historyFlags,
  ...otherFlags,
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

type ValueOf<F> = F extends { parse: (...args: never[]) => infer T } ? T : boolean;

/** What `bench run` was told; what it was not told is absent, and {@link toPlan} in plan.ts has the defaults. */
export type Options = {
  -readonly [Name in Exclude<FlagName, 'config' | 'help' | 'version' | 'metric'>]?: ValueOf<
    (typeof flags)[Name]
  >;
} & {
  app?: string;
  /** For the app: what followed `--`. */
  args: string[];
};

const ofOthers: readonly FlagName[] = ['metric', 'allow-different'];
const ofSides = Object.keys(sideFlags);
const flagsWithout = (strangers: readonly string[]) =>
  (Object.keys(flags) as FlagName[]).filter((name) => !strangers.includes(name));

/** The flags that `bench run` takes: all but those of two sides. */
export const runFlags: readonly FlagName[] = flagsWithout([...ofSides, ...ofOthers]);

/** The flags that `bench ab` takes: all but that of several policies. */
export const abFlags: readonly FlagName[] = flagsWithout(['reference', ...ofOthers]);

/** The flags that `bench compare` takes. */
export const fileComparisonFlags: readonly FlagName[] = [
  ...(['gate', 'min-effect', 'fail-on', 'allow-different', 'output', 'format'] as const),
  ...(['json', 'color'] as const),
];

export type CompareOptions = Pick<
  Options,
  'gate' | 'min-effect' | 'fail-on' | 'allow-different' | 'output' | 'format' | 'json' | 'color'
>;
export type ReportOptions = Pick<
  Options,
  'threshold' | 'fail-on' | 'output' | 'format' | 'html' | 'json' | 'color'
>;
export type HistoryOptions = Pick<Options, 'policy' | 'seed' | 'json' | 'color'> & {
  metric?: ValueOf<typeof flags.metric>;
};
export type DoctorOptions = Pick<Options, 'json' | 'quiet' | 'color'>;

/** The flags that `bench inspect` takes: what is started and where, and not how it is measured. */
export const inspectFlags: readonly FlagName[] = [
  ...([
    'policy',
    'workers',
    'weights',
    'node',
    'workload',
    'connections',
    'timeout',
    'host',
    'port',
  ] as const),
  ...(['protocol', 'path', 'payload', 'insecure', 'ca', 'config', 'json', 'quiet', 'color'] as const),
];

/** The flags that `bench doctor` takes. */
export const doctorFlags: readonly FlagName[] = ['json', 'quiet', 'color'];

/** The flags that `bench report` takes. */
export const reportFlags: readonly FlagName[] = [
  ...(['threshold', 'fail-on', 'output', 'format', 'html', 'json', 'color'] as const),
];

/** The flags that `bench history` takes. */
export const historyFlagNames: readonly FlagName[] = ['metric', 'policy', 'seed', 'json', 'color'];

export const flagNames = Object.keys(flags) as FlagName[];

/** A flag with its common type. */
export function flagNamed(name: FlagName): Flag {
  return flags[name];
}

export function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(flags, name);
}
