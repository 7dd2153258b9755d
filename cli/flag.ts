/** What may be named on the command line, with a summary for help. */
export interface Choice {
  name: string;
  summary: string;
}

/** Passed in, so that help needs to import no policy and no workload. */
export interface Known {
  policies: readonly Choice[];
  /** Policies of our own cluster, among the others. */
  schedulers: readonly Choice[];
  workloads: readonly Choice[];
  scenarios: readonly Choice[];
  drivers: readonly Choice[];
  formats: readonly Choice[];
}

export type Group =
  | 'What to compare'
  | 'Base and candidate'
  | 'What to look at'
  | 'Load'
  | 'Trials'
  | 'App'
  | 'Pass or fail'
  | 'Output'
  | 'History'
  | 'Other';

export type VerbName =
  | 'run'
  | 'ab'
  | 'compare'
  | 'report'
  | 'history'
  | 'inspect'
  | 'doctor'
  | 'list'
  | 'completion';

/** What help says of a flag. */
interface Said {
  group: Group;
  description: string;
  /** What happens without it. */
  default?: string | undefined;
  /** The list of `bench list` that its names are in. */
  names?: keyof Known | undefined;
}

export interface Flag<T = unknown> extends Said {
  alias?: string;
  /** What is to be said instead where it means something else to a verb than to `bench run`. */
  of?: Partial<Record<VerbName, Partial<Said>>>;
  /** Among the few that the short help has. */
  often?: true;
  /** What help calls its value. A flag without one is a switch. */
  value?: string;
  /** May be repeated; the values add up. In a set each counts once. */
  list?: 'set' | 'sequence';
  /** A switch that is on unless `--no-…` is given. */
  negated?: true;
  choices?: (known: Known) => readonly string[];
  parse?: (text: string, name: string, known: Known) => T;
}
