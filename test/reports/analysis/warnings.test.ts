import test from 'ava';
import type { Warning } from '../../../harness/record.js';
import { describeWarning } from '../../../reports/analysis/warnings.js';

const warnings: Warning[] = [
  { code: 'client-saturated', eventLoopUtilization: 0.973 },
  { code: 'cpu-contention', processes: 6, cores: 2 },
  { code: 'requests-failed', failed: 12, completed: 10_234, errors: { ECONNRESET: 10, WRONG_ANSWER: 2 } },
  { code: 'unattributed', unattributed: 3, opened: 12_345 },
  { code: 'mechanism-unknown', platform: 'win32' },
  { code: 'workers-differ', asked: 4, forked: 2 },
  { code: 'still-open', connections: 1 },
  { code: 'send-lag', p99Ms: 1.53 },
  { code: 'client-gc', longestMs: 12.3 },
  { code: 'stall-hidden', longestMs: 1003.2, p99Ms: 2.1 },
  { code: 'worker-exit', slot: 2, pid: 4242, exitCode: null, signal: 'SIGKILL', atSeconds: 0.8123 },
  { code: 'dropped', connections: 40 },
  { code: 'queue-full', connections: 40 },
  { code: 'noisy-machine', share: 0.314 },
  { code: 'probe-silent', slot: 1, pid: 4243, seconds: 1.5 },
  { code: 'connects-failed', failed: 12, opened: 40_000, errors: { ECONNREFUSED: 12 } },
  { code: 'other-listeners', addresses: ['127.0.0.1:9229', '::1:9000'] },
  { code: 'few-connections', expected: 1.5625 },
  { code: 'low-runs', validTrials: 1 },
  { code: 'outlier-trial', metric: 'throughput', run: 4, modifiedZ: -14.2, ratio: 0.613 },
  { code: 'slow-first-trial', metric: 'p99', ratio: 2.31 },
  { code: 'drift', metric: 'throughput', ratio: 0.824 },
  {
    code: 'bimodal',
    metric: 'p99',
    low: { trials: 7, value: 4210.4 },
    high: { trials: 5, value: 9130 },
  },
];

for (const warning of warnings) {
  test(`${warning.code} is worded in whole sentences that show its data`, (t) => {
    const text = describeWarning(warning);
    t.regex(text, /^[\dA-Za-z].*\.$/u);
    t.notRegex(text, /undefined|null|NaN|\[object|\?/);
    t.snapshot(text);
  });

  test(`${warning.code} without its data still says something`, (t) => {
    const text = describeWarning({ code: warning.code });
    t.notRegex(text, /undefined|null|NaN|\[object/);
    t.true(text.length > 20);
  });
}

test('a worker that exits by itself is told by its code', (t) => {
  t.regex(
    describeWarning({ code: 'worker-exit', slot: 0, pid: 7, exitCode: 1, signal: null }),
    /exited with code 1:/,
  );
});

test('probes that counted more than the client opened point to other clients', (t) => {
  t.regex(
    describeWarning({ code: 'unattributed', unattributed: -2, opened: 10 }),
    /counted 2 more connections/,
  );
});

test('a code of a newer version prints its name and its data', (t) => {
  t.is(
    describeWarning({ code: 'moon-phase', phase: 'full', tides: [1, 2], nested: { a: 1 } }),
    'moon-phase (phase full, tides 1, 2, nested {"a":1}): this version of bench has no words for it.',
  );
  t.is(describeWarning({ code: 'toString' }), 'toString: this version of bench has no words for it.');
});
