/** `make`, asked once for the same arguments: a null distribution is simulated for the first cell that needs it. */
export function once<Arguments extends (number | string)[], Made>(
  make: (...given: Arguments) => Made,
): (...given: Arguments) => Made {
  const made = new Map<string, Made>();
  return (...given) => {
    const key = given.join(' ');
    const before = made.get(key);
    if (before !== undefined) return before;
    const now = make(...given);
    made.set(key, now);
    return now;
  };
}
