/** Whether `version` (`22.12.0`) is `floor` or newer, by its three numbers; a pre-release counts as its release. */
export function atLeast(version: string, floor: string): boolean {
  const [left, right] = [numbers(version), numbers(floor)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at === -1 || (left[at] ?? 0) > (right[at] ?? 0);
}

function numbers(version: string): number[] {
  const parts = version.split(/[.-]/, 3).map(Number);
  return [0, 1, 2].map((index) => parts[index] ?? 0);
}
