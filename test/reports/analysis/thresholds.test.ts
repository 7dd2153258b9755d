import test from 'ava';
import fc from 'fast-check';
import { summarize } from '../../../reports/analysis/summary.js';
import { thresholdMetrics } from '../../../reports/analysis/threshold-metrics.js';
import {
  judgeThresholds,
  type NoThreshold,
  parseThreshold,
  type Threshold,
} from '../../../reports/analysis/thresholds.js';
import { buildTrial } from '../build-run.js';

function parsed(text: string): Threshold {
  const threshold = parseThreshold(text);
  if ('expected' in threshold) throw new TypeError(`${text}: expected ${threshold.expected}`);
  return threshold;
}

const reads = test.macro({
  title: (_, text: string) => `read as a threshold: ${text}`,
  exec(t, text: string, expected: Partial<Omit<Threshold, 'metric'>> & { metric: string }) {
    const { policy, metric, operator, limit } = parsed(text);
    t.deepEqual(
      { policy, metric: metric.name, operator, limit },
      { policy: undefined, operator: '<', limit: 0, ...expected },
    );
  },
});

test(reads, 'p99<20ms', { metric: 'p99', limit: 20_000 });
test(reads, ' p99.9 <= 1.005 s ', { metric: 'p99.9', operator: '<=', limit: 1_005_000 });
test(reads, 'connect.p50<300us', { metric: 'connect.p50', limit: 300 });
test(reads, 'cpu<.5µs', { metric: 'cpu', limit: 0.5 });
test(reads, 'throughput>5000', { metric: 'throughput', operator: '>', limit: 5000 });
test(reads, 'errors==0', { metric: 'errors', operator: '==' });
test(reads, 'errors!=0', { metric: 'errors', operator: '!=' });
test(reads, 'fairness.connections.jain>=floor', {
  metric: 'fairness.connections.jain',
  operator: '>=',
  limit: 'floor',
});
test(reads, 'fairness.cpu.jain>=98.7%', { metric: 'fairness.cpu.jain', operator: '>=', limit: 0.987 });
test(reads, 'fairness.connections.verdict!=skewed', {
  metric: 'fairness.connections.verdict',
  operator: '!=',
  limit: 'skewed',
});
test(reads, 'rr:p99<20ms', { policy: 'rr', metric: 'p99', limit: 20_000 });
test(reads, 'proxy:least_conn:p99<20ms', { policy: 'proxy:least_conn', metric: 'p99', limit: 20_000 });
test(reads, './my-policy.js:p99<1ms', { policy: './my-policy.js', metric: 'p99', limit: 1000 });
test(reads, '/a b/x<=1:p9.mjs:max<1ms', { policy: '/a b/x<=1:p9.mjs', metric: 'max', limit: 1000 });

const refuses = test.macro({
  title: (_, text: string) => `no threshold: ${text}`,
  exec(t, text: string, expected: RegExp, slip?: string) {
    const refused = parseThreshold(text) as NoThreshold;
    t.regex(refused.expected, expected);
    t.is(refused.slip?.typed, slip);
  },
});

test(refuses, '', /^a metric, one of < <= /);
test(refuses, 'p99', /^a metric, one of < <= /);
test(refuses, 'p99=20ms', /^a metric, one of < <= /);
test(refuses, 'p98<20ms', /^a metric, such as /, 'p98');
test(refuses, 'p99=<20ms', /^a metric, such as /, 'p99=');
test(refuses, 'constructor<20ms', /^a metric, such as /, 'constructor');
test(refuses, ':p99<20ms', /^a policy before the colon/);
test(refuses, 'p99<20', /^a time with its unit.* after p99$/);
test(refuses, 'p99<20m', /^a time with its unit/);
test(refuses, 'p99<20constructor', /^a time with its unit/);
test(refuses, 'p99<', /^a time with its unit/);
test(refuses, 'p99<floor', /^a time with its unit/);
test(refuses, 'throughput>5000ms', /^a number per second/);
test(refuses, `throughput>${'9'.repeat(400)}`, /^a number per second/);
test(refuses, 'errors<-1', /^a number/);
test(refuses, 'errors<1%', /^a number/);
test(refuses, 'fairness.connections.jain>=flor', /or floor: /, 'flor');
test(refuses, 'fairness.cpu.jain>=floor', /98%, after /);
test(refuses, 'fairness.connections.verdict<skewed', /^== or != before a verdict$/);
test(refuses, 'fairness.connections.verdict==even', /^more-even, random-like or skewed/, 'even');
test(refuses, 'fairness.cpu.verdict!=skewed', /^a metric, such as /, 'fairness.cpu.verdict');

type Trial = Parameters<typeof buildTrial>;

const judged = (text: string, ...trials: Trial[]) =>
  judgeThresholds(
    [parsed(text)],
    summarize({ trials: trials.map(([options, changes]) => buildTrial(options, changes)) }),
  ).map(({ cell, value, limit, passed }) => [cell?.policy, value, limit, passed]);

test('every operator holds a value against its limit', (t) => {
  // 600 in 2 s.
  const at300 = (condition: string) => judged(`throughput${condition}`, [{ completedByDeadline: 600 }])[0];
  const expected: [condition: string, limit: number, passed: boolean][] = [
    ['<300', 300, false],
    ['<301', 301, true],
    ['<=300', 300, true],
    ['<=299', 299, false],
    ['>300', 300, false],
    ['>299', 299, true],
    ['>=300', 300, true],
    ['>=301', 301, false],
    ['==300', 300, true],
    ['==301', 301, false],
    ['!=300', 300, false],
    ['!=301', 301, true],
  ];
  for (const [condition, limit, passed] of expected)
    t.deepEqual(at300(condition), ['rr', 300, limit, passed], condition);
});

test('latency is that of all valid trials together, in µs', (t) => {
  const trials: Trial[] = [[{ responseUs: Array(99).fill(500) }], [{ run: 2, responseUs: [800] }]];
  t.deepEqual(judged('p99<500us', ...trials), [['rr', 500, 500, false]]);
  t.deepEqual(judged('p99.9<=0.8ms', ...trials), [['rr', 800, 800, true]]);
  t.deepEqual(judged('max>800us', ...trials), [['rr', 800, 800, false]]);
});

test('floor is what a fair draw of the cell’s own size stays above', (t) => {
  // χ²₀.₉₅ with 1 degree of freedom is 3.841, so that the floor is 1/(1 + 3.841/1000); Jain is 1000²/(2 (550² + 450²)).
  const [[, jain, floor, passed] = []] = judged('fairness.connections.jain>=floor', [{ counts: [550, 450] }]);
  t.is(Number(jain).toFixed(6), '0.990099');
  t.is(Number(floor).toFixed(6), '0.996173');
  t.false(passed);
  t.like(judged('fairness.connections.jain>=floor', [{ counts: [510, 490] }]), [{ 3: true }]);
});

test('a verdict is the commonest of the trials', (t) => {
  const skewed = (run: number): Trial => [{ run, counts: [900, 100] }];
  const trials: Trial[] = [skewed(1), skewed(2), [{ run: 3, counts: [500, 500] }]];
  t.deepEqual(judged('fairness.connections.verdict!=skewed', ...trials), [['rr', 'skewed', 'skewed', false]]);
  t.deepEqual(judged('fairness.connections.verdict==skewed', ...trials), [['rr', 'skewed', 'skewed', true]]);
});

test('a failure counts once, as a request or as a connection, over all valid trials', (t) => {
  const client = (errors: Record<string, number>, requestsFailed: number) => ({
    client: { ...buildTrial().client, errors, requestsFailed },
  });
  const trials: Trial[] = [
    // Of the resets one had cost a request.
    [{ run: 1 }, client({ ECONNRESET: 2, HTTP_500: 3 }, 4)],
    // autocannon does not say why.
    [{ run: 2 }, client({}, 2)],
    [{ run: 3 }, { ...client({ ETIMEDOUT: 100 }, 100), valid: false }],
  ];
  t.deepEqual(judged('errors==7', ...trials), [['rr', 7, 7, true]]);
});

test('every cell is judged, and one of another policy is not', (t) => {
  const trials: Trial[] = [
    [{ policy: 'rr', workers: 2, completedByDeadline: 600 }],
    [{ policy: 'rr', workers: 4, completedByDeadline: 800 }],
    [{ policy: 'shared', completedByDeadline: 1000 }],
  ];
  t.deepEqual(judged('throughput>350', ...trials), [
    ['rr', 300, 350, false],
    ['rr', 400, 350, true],
    ['shared', 500, 350, true],
  ]);
  t.deepEqual(judged('rr:throughput>350', ...trials), [
    ['rr', 300, 350, false],
    ['rr', 400, 350, true],
  ]);
});

test('what a cell does not have is missed, whatever was asked', (t) => {
  const none = (value: string | number) => [['rr', null, value, false]];
  t.deepEqual(judged('p99<20ms', [{}]), none(20_000));
  t.deepEqual(judged('service.p99!=1us', [{}]), none(1));
  t.deepEqual(judged('fairness.requests.jain<=1', [{}]), none(1));
  t.deepEqual(judged('fairness.connections.verdict!=skewed', [{ counts: [9] }]), none('skewed'));
  t.deepEqual(judged('fairness.connections.jain>=floor', [{ counts: [9] }]), [['rr', 1, null, false]]);
});

test('a cell that is mostly not valid has no value, and neither has a policy without a cell', (t) => {
  const lost = (run: number): Trial => [{ run }, { valid: false }];
  t.deepEqual(judged('errors==0', lost(1)), [['rr', null, 0, false]]);
  t.deepEqual(judged('errors==0', [{ run: 1 }], lost(2), lost(3)), [['rr', null, 0, false]]);
  t.deepEqual(judged('errors==0', [{ run: 1 }], lost(2)), [['rr', 0, 0, true]]);
  t.deepEqual(judged('shared:errors==0', [{ run: 1 }]), [[undefined, null, null, false]]);
});

test('no two metrics have the same name', (t) => {
  t.is(new Set(thresholdMetrics.map(({ name }) => name)).size, thresholdMetrics.length);
});

const part = fc.oneof(
  fc.constantFrom(...thresholdMetrics.map(({ name }) => name)),
  fc.constantFrom('<', '<=', '>', '>=', '==', '!=', '=', ':', 'rr:', 'proxy:least_conn:', './a.js:', ' '),
  fc.constantFrom('20ms', '5000', '98%', 'floor', 'skewed', '1e9', '.5s', '0', '-1', '__proto__'),
  fc.string({ unit: 'binary' }),
);

test('any text either is a threshold that can be held against any cell, or says what was expected', (t) => {
  const cells = summarize({ trials: [buildTrial(), buildTrial({ policy: 'shared' }, { valid: false })] });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      const threshold = parseThreshold(parts.join(''));
      if ('expected' in threshold) {
        t.regex(threshold.expected, /^[^\n]+$/);
        return;
      }
      t.true(typeof threshold.limit === 'string' || threshold.limit >= 0);
      for (const { value, passed } of judgeThresholds([threshold], cells)) t.true(value !== null || !passed);
    }),
    { numRuns: 2000 },
  );
  t.pass();
});
