/** A trial in which everything adds up, and what changes it. */
import type { Observation, ObservedWorker } from '../../harness/quiet-point.js';
import type { ClientRecord, WorkerRecord } from '../../harness/record.js';
import type { Measured } from '../../harness/verdict.js';
import { buildTrial, workerRow } from '../reports/build-run.js';

/** 2.5 s of CPU: two workers, their primary and the client's second. */
export const healthy: Measured = {
  ...buildTrial({ counts: [10, 20], cpuSeconds: [0.5, 0.5] }),
  mechanismKnown: true,
};

export const dead: WorkerRecord = workerRow(1, {
  pid: 901,
  connections: 20,
  exit: { code: null, signal: 'SIGKILL', atSeconds: 0.5 },
});

export const client = (changes: Partial<ClientRecord>) => ({ client: { ...healthy.client, ...changes } });

export const conservation = (attributed: number) => ({
  conservation: {
    of: 'connections' as const,
    holds: attributed === 30,
    opened: 30,
    attributed,
    unattributed: 30 - attributed,
  },
});

/** A live worker in each of so many slots, of which only what is judged is there. */
export const workersIn = (slots: number): ObservedWorker[] =>
  Array.from({ length: slots }, (_, slot) => ({
    slot,
    pid: 41233 + slot,
    reading: undefined,
    listeners: [],
  }));

export const observation = (changes: Partial<Observation> = {}): Observation => ({
  view: { primary: undefined, agents: [], workers: [] },
  workers: [],
  proxy: [],
  stillOpen: 0,
  silent: [],
  ...changes,
});
