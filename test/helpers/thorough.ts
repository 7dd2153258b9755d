/**
 * Whether to run what takes long and adds little to what was tested already: every policy and workload in every
 * combination. CI does, by naming Nodes in BENCH_TEST_NODES.
 */
export const thorough = (process.env.BENCH_TEST_NODES ?? '') !== '';
