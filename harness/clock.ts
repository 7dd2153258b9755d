/** Milliseconds of CLOCK_MONOTONIC, with a fraction: comparable between the processes of a machine, unlike `performance.now()`. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
