import test from 'ava';
import { BenchError } from '../../harness/errors.js';
import { failedTrial } from '../../harness/failed-trial.js';
import type { TrialRecord } from '../../harness/record.js';
import { runTrials, type SessionContext } from '../../harness/session.js';
import type { TrialSpec } from '../../harness/trial.js';

const planned = (...names: string[]) =>
  names.map((policy, index) => ({ cell: { policy, workers: 1 }, run: index + 1 }) as unknown as TrialSpec);

const nameOf = ({ cell, run }: Pick<TrialSpec, 'cell' | 'run'>) => `${cell.policy}${run}`;

const record = ({ cell, run }: TrialSpec, measuredSeconds = 1): TrialRecord => {
  const startedAt = '2026-01-01T00:00:00.000Z';
  const failed = failedTrial({ cell, run, startedAt }, 'single', new BenchError('app-failed', 'it ended'));
  return { ...failed, measuredSeconds };
};

/** Runs a session to its end; `log` has what happened, in order. */
async function play(
  trials: TrialSpec[],
  runTrial: SessionContext['runTrial'],
  context: Partial<SessionContext> = {},
) {
  const log: string[] = [];
  const session = runTrials(trials, {
    runTrial: async (trial) => {
      log.push(`run ${nameOf(trial)}`);
      return runTrial(trial);
    },
    append: async (trial) => {
      await new Promise(setImmediate);
      log.push(`append ${nameOf(trial)}`);
    },
    signal: new AbortController().signal,
    onStart: (trial, index) => log.push(`start ${index} ${nameOf(trial)}`),
    ...context,
  });
  const records: string[] = [];
  try {
    for await (const trial of session) {
      log.push(`got ${nameOf(trial)}`);
      records.push(nameOf(trial));
    }
  } catch (error) {
    log.push(`threw ${error}`);
  }
  return { log, records };
}

test('trials run one after the other, and each is kept before it is handed out and before the next begins', async (t) => {
  const { log } = await play(planned('rr', 'shared'), async (trial) => record(trial));

  t.deepEqual(log, [
    'start 0 rr1',
    'run rr1',
    'append rr1',
    'got rr1',
    'start 1 shared2',
    'run shared2',
    'append shared2',
    'got shared2',
  ]);
});

test('a cell that could not be measured twice in a row is given up, and the others go on', async (t) => {
  const names = ['rr', 'shared', 'rr', 'shared', 'rr', 'shared'];
  const { records } = await play(planned(...names), async (trial) =>
    record(trial, trial.cell.policy === 'rr' ? 0 : 1),
  );

  t.deepEqual(records, ['rr1', 'shared2', 'rr3', 'shared4', 'shared6']);
});

test('failures with a success between them do not give up a cell', async (t) => {
  const failing = [1, 3, 5, 6];
  const { records } = await play(planned(...Array<string>(7).fill('rr')), async (trial) =>
    record(trial, failing.includes(trial.run) ? 0 : 1),
  );

  t.deepEqual(records, ['rr1', 'rr2', 'rr3', 'rr4', 'rr5', 'rr6']);
});

test('a trial that was measured and is not valid does not end its cell', async (t) => {
  const { records } = await play(planned('rr', 'rr'), async (trial) => ({ ...record(trial), valid: false }));

  t.deepEqual(records, ['rr1', 'rr2']);
});

test('an abort drops the trial that is under way and ends without an error', async (t) => {
  const controller = new AbortController();
  const runTrial = async (trial: TrialSpec) => {
    if (trial.run === 2) {
      controller.abort();
      throw controller.signal.reason;
    }
    return record(trial);
  };

  const { log, records } = await play(planned('rr', 'rr', 'rr'), runTrial, { signal: controller.signal });

  t.deepEqual(records, ['rr1']);
  t.deepEqual(log.slice(-2), ['start 1 rr2', 'run rr2']);
});

test('an abort between two trials starts no other', async (t) => {
  const controller = new AbortController();
  const append = async () => controller.abort();

  const { log } = await play(planned('rr', 'rr'), async (trial) => record(trial), {
    signal: controller.signal,
    append,
  });

  t.deepEqual(log, ['start 0 rr1', 'run rr1', 'got rr1']);
});

test('an abort before the first trial starts none', async (t) => {
  const { log } = await play(planned('rr'), async (trial) => record(trial), { signal: AbortSignal.abort() });

  t.deepEqual(log, []);
});

test('an error of bench itself ends the session', async (t) => {
  const { log } = await play(planned('rr', 'rr'), async () => {
    throw new TypeError('a bug');
  });

  t.deepEqual(log, ['start 0 rr1', 'run rr1', 'threw TypeError: a bug']);
});

test('a record that cannot be kept is not handed out', async (t) => {
  const append = async () => {
    throw new Error('disk full');
  };

  const { records, log } = await play(planned('rr', 'rr'), async (trial) => record(trial), { append });

  t.deepEqual(records, []);
  t.is(log.at(-1), 'threw Error: disk full');
});
