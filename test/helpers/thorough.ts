import test from 'ava';

/**
 * Whether to run what takes long and adds little to what was tested already: every policy, workload and driver in every
 * combination. CI does, by naming Nodes in BENCH_TEST_NODES.
 */
export const thorough = (process.env.BENCH_TEST_NODES ?? '') !== '';

/** For a test that only a thorough run makes. */
export function thoroughly(title: string) {
  return thorough
    ? { title, serial: test.serial }
    : { title: `${title} (left to CI, which names BENCH_TEST_NODES)`, serial: test.serial.skip };
}
