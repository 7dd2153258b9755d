import type { RunRecord } from '../../../harness/record.js';
import type { ComparedFiles } from '../file-comparison.js';

/** In pieces where the whole may be longer than a string can be. */
export type Text = string | Iterable<string>;

/** One of several files that are made of a run. */
export interface Part {
  /** Stands in the file's name; whatever it is of, it need not be fit for one. */
  name: string;
  text: Text;
}

interface Described {
  name: string;
  /** For people, in half a line. */
  summary: string;
  /** Of its files, without the dot. */
  extension: string;
}

/** A run as one text. */
export interface TextFormat extends Described {
  render(run: RunRecord): Promise<Text>;
  /** Two runs against each other, where that can be had: what `bench compare` found. */
  renderComparison?(files: ComparedFiles): Promise<Text>;
}

/** A run as several files, however many that are. */
export interface PartsFormat extends Described {
  renderParts(run: RunRecord): Promise<Part[]>;
}

/**
 * What a run can be written as: one file each, listed in index.ts. It is derived from the record alone. What it is made with
 * is imported when it is asked for, since the list is loaded whenever bench starts.
 */
export type Format = TextFormat | PartsFormat;

export function hasParts(format: Format): format is PartsFormat {
  return 'renderParts' in format;
}

/** One that two runs against each other can be had in. */
export type ComparisonFormat = TextFormat & Required<Pick<TextFormat, 'renderComparison'>>;

export function isOfComparisons(format: Format): format is ComparisonFormat {
  return !hasParts(format) && format.renderComparison !== undefined;
}
