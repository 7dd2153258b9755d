import type { Known } from './flag.js';

/** What `bench list` lists. */
export const lists = [
  'policies',
  'schedulers',
  'workloads',
  'scenarios',
  'drivers',
  'formats',
] as const satisfies (keyof Known)[];

export type ListName = (typeof lists)[number];

/** A line for each, its name first. */
export function listText(name: ListName, known: Known): string {
  const widest = Math.max(...known[name].map((choice) => choice.name.length));
  return known[name].map((choice) => `${choice.name.padEnd(widest)}  ${choice.summary}\n`).join('');
}
