/** What is compared where nothing is said: which metrics decide, and the share by which they must differ to matter. */
export const verdictDefaults = { gate: ['throughput', 'p99'], minEffect: 0.05 };
