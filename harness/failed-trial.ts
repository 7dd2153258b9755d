import { noCounts } from './drivers/recorder.js';
import type { BenchError } from './errors.js';
import type { MechanismName, TrialRecord } from './record.js';

/** The record of a trial that could not be measured: every count 0, not valid, with the error. */
export function failedTrial(
  { cell, run, startedAt }: Pick<TrialRecord, 'cell' | 'run' | 'startedAt'>,
  expected: MechanismName,
  error: BenchError,
): TrialRecord {
  const rows = () => Array.from({ length: cell.workers }, () => []);
  return {
    cell,
    run,
    startedAt,
    measuredSeconds: 0,
    drainSeconds: 0,
    mechanism: { expected, detected: 'unknown', listeners: [] },
    front: [],
    workers: [],
    client: {
      ...noCounts,
      status: {},
      errors: {},
      cpuSeconds: 0,
      eventLoopUtilization: 0,
      saturated: false,
    },
    latency: {},
    timeline: {
      intervalSeconds: 0.1,
      connections: rows(),
      requests: rows(),
      active: rows(),
      responseIntervalSeconds: 1,
      response: [],
    },
    conservation: { of: 'connections', holds: true, opened: 0, attributed: 0, unattributed: 0 },
    warnings: [],
    valid: false,
    error: {
      code: error.code,
      message: error.message,
      ...(error.details.length === 0 ? {} : { details: [...error.details] }),
    },
  };
}
