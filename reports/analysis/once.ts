/**
 * `make`, asked once for the same arguments: a null distribution is simulated for the first cell that needs it. Where what is made
 * is large only the last `most` are kept.
 */
export function once<Arguments extends (number | string)[], Made>(
  make: (...given: Arguments) => Made,
  most = Number.POSITIVE_INFINITY,
): (...given: Arguments) => Made {
  const made = new Map<string, Made>();
  return (...given) => {
    const key = given.join(' ');
    const before = made.get(key);
    if (before !== undefined) return before;
    const now = make(...given);
    if (made.size >= most) made.delete(made.keys().next().value as string);
    made.set(key, now);
    return now;
  };
}
