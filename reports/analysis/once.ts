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

/** The same where what is made is large: only the last is kept. */
export function onceInARow<Arguments extends (number | string)[], Made>(
  make: (...given: Arguments) => Made,
): (...given: Arguments) => Made {
  let last: { key: string; made: Made } | undefined;
  return (...given) => {
    const key = given.join(' ');
    if (last?.key !== key) last = { key, made: make(...given) };
    return last.made;
  };
}
