import test, { type ImplementationFn } from 'ava';

/**
 * Whether to run what takes long and adds little to what was tested already: every policy, workload and driver in every
 * combination. CI does, by naming Nodes in BENCH_TEST_NODES.
 */
export const thorough = (process.env.BENCH_TEST_NODES ?? '') !== '';

/** A test that only a thorough run makes. */
export function thoroughly(title: string, run: ImplementationFn<[]>): void {
  if (thorough) test.serial(title, run);
  else test.serial.skip(`${title} (left to CI, which names BENCH_TEST_NODES)`, run);
}

type Tested = (title: string, run: ImplementationFn<[]>) => void;

/** Of several that are alike these are tested always, the others thoroughly. */
export function alwaysWhere(isAlways: boolean): Tested {
  return isAlways ? (title, run) => test.serial(title, run) : thoroughly;
}

/** The first of them always. */
export function firstOf(index: number): Tested {
  return alwaysWhere(index === 0);
}
