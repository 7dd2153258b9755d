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
  | 'Load'
  | 'Trials'
  | 'App'
  | 'Pass or fail'
  | 'Output'
  | 'History'
  | 'Other';

export interface Flag<T = unknown> {
  group: Group;
  alias?: string;
  description: string;
  /** For help: what happens without it. */
  default?: string;
  /** What help calls its value. A flag without one is a switch. */
  value?: string;
  /** May be repeated; the values add up. In a set each counts once. */
  list?: 'set' | 'sequence';
  /** A switch that is on unless `--no-…` is given. */
  negated?: true;
  choices?: (known: Known) => readonly string[];
  parse?: (text: string, name: string, known: Known) => T;
}
