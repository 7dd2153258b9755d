/** What is longer, `setTimeout` takes for no time at all. */
export const longestTimerMs = 2 ** 31 - 1;
