import { logFactorial } from './log-factorial.js';
import { once } from './once.js';

/**
 * E[Jain] of `window` things that each pick one of `workers` at random: E[w²/(kΣx²)].
 *
 * Exact up to a window of 40, by summing over the partitions of w into at most k parts, each with its multinomial
 * probability. Beyond that by the second-order expansion E[1/S] ≈ (1 + σ²/μ²)/μ of S = Σx², with
 * μ = w + w(w−1)/k and σ² = 2w(w−1)/k · (1 − 1/k): less than .001 off.
 *
 * Precondition: integers window ≥ 1, workers ≥ 1.
 */
export const expectedJain = once((window: number, workers: number): number =>
  window <= 40 ? exact(window, workers) : expansion(window, workers),
);

function exact(window: number, workers: number): number {
  const logDraws = logFactorial(window) + logFactorial(workers) - window * Math.log(workers);
  let expectation = 0;
  /** Decides how many workers got `count` each; `log` gathers −ln of what is divided out of w!·k!. */
  const choose = (count: number, left: number, slots: number, squares: number, log: number): void => {
    if (left === 0) {
      const probability = Math.exp(logDraws + log - logFactorial(slots));
      expectation += (probability * window ** 2) / (workers * squares);
      return;
    }
    if (count * slots < left) return;
    for (let times = 0; times <= slots && times * count <= left; times++) {
      const dividedOut = times * logFactorial(count) + logFactorial(times);
      choose(count - 1, left - times * count, slots - times, squares + times * count ** 2, log - dividedOut);
    }
  };
  choose(window, window, workers, 0, 0);
  return expectation;
}

function expansion(window: number, workers: number): number {
  const pairs = window * (window - 1);
  const mean = window + pairs / workers;
  const variance = ((2 * pairs) / workers) * (1 - 1 / workers);
  return ((window ** 2 / workers) * (1 + variance / mean ** 2)) / mean;
}
