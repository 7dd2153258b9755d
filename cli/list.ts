import type { Choice, Known } from './flag.js';
import { hanging } from './hanging.js';

/** What `bench list` lists, and what it is of. */
const listed = {
  policies: 'how connections reach the workers: --policy',
  schedulers: 'those of the policies that choose the worker in a primary of our own',
  workloads: 'built-in apps and the way they are driven: --workload',
  scenarios: 'what is done to a server while it is measured: --scenario',
  drivers: 'what generates the load: --driver',
  formats: 'what a report may be besides: --format',
} as const satisfies Partial<Record<keyof Known, string>>;

export type ListName = keyof typeof listed;

export const lists = Object.keys(listed) as ListName[];

/**
 * A line for each, its name first; without a name a line for each list.
 * @param columns of the terminal: what does not fit goes on below the summary. In a pipe a line is one line however long.
 */
export function listText(
  name: ListName | undefined,
  known: Known,
  columns = Number.POSITIVE_INFINITY,
): string {
  const choices: readonly Choice[] =
    name === undefined ? lists.map((each) => ({ name: each, summary: listed[each] })) : known[name];
  const indent = Math.max(...choices.map((choice) => choice.name.length)) + 2;
  return choices
    .flatMap((choice) => hanging(choice, indent, columns))
    .map((line) => `${line}\n`)
    .join('');
}
