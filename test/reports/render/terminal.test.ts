import test from 'ava';
import fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RunRecord } from '../../../harness/record.js';
import { renderTerminal } from '../../../reports/render/terminal.js';
import { width } from '../../../reports/render/text.js';
import { buildRun, buildTrial, type TrialOptions, workerRow } from '../build-run.js';

const print = (run: RunRecord, columns = 80) => renderTerminal(run, { columns, color: false });
const esc = '\u001b';

const sixTrials = (options: TrialOptions) =>
  Array.from({ length: 6 }, (_, index) =>
    buildTrial({ ...options, run: index + 1, connectUs: [200, 300, 400], intervals: 10 }),
  );
const roundRobin = Array.from({ length: 1000 }, (_, index) => index % 4);
const threeOfFour = Array.from({ length: 1000 }, (_, index) => (index % 10 < 7 ? 0 : (index % 3) + 1));

test('the report of two policies prints as it is kept here', (t) => {
  const run = buildRun([
    ...sixTrials({ policy: 'rr', order: roundRobin }),
    ...sixTrials({ policy: 'shared', order: threeOfFour, mechanism: 'shared' }),
  ]);
  t.snapshot(print(run));
});

test('what was found out ends the report, since a terminal still shows it then', (t) => {
  const run = buildRun([
    ...sixTrials({ policy: 'rr', order: roundRobin }).slice(0, 2),
    ...sixTrials({ policy: 'shared', order: threeOfFour, mechanism: 'shared' }).slice(0, 2),
  ]);
  const titles = [...print(run).matchAll(/^── (.*?) ─/gm)].map(([, title]) => title);
  t.deepEqual(titles, ['rr', 'shared', 'warnings', 'compared', 'against rr']);
});

test('only those colours are used that can be read on a light and on a dark ground', (t) => {
  const readable = [0, 1, 2, 22, 31, 32, 35, 36, 39, 91, 94, 95];
  const killed = { code: null, signal: 'SIGKILL', atSeconds: 0.5 };
  const lost = { code: 'conservation', message: 'the client opened 10 and the workers counted 9' };
  const eight = Array.from({ length: 8 }, (_, slot) =>
    workerRow(slot, { connections: slot * 100, ...(slot === 3 && { exit: killed }) }),
  );
  const run = buildRun([
    buildTrial({ policy: 'rr', workers: 8, run: 1, intervals: 10 }, { workers: eight }),
    buildTrial({ policy: 'rr', workers: 8, run: 2 }, { valid: false, error: lost }),
    ...sixTrials({ policy: 'shared', order: threeOfFour, mechanism: 'shared' }),
  ]);
  const text = renderTerminal({ ...run, interrupted: true }, { columns: 80, color: true });
  const codes = [...text.matchAll(new RegExp(`${esc}\\[(\\d+)m`, 'g'))].map(([, code]) => Number(code));
  t.true(codes.includes(95));
  t.deepEqual(
    codes.filter((code) => !readable.includes(code)),
    [],
  );
});

test('what clients suffered in a scenario has a table of its own', (t) => {
  const none = { stuck: 0, reset: 0, refused: 0, hung: 0, closed: 0 };
  const happened = { name: 'kill', slot: 0, atSeconds: 0.5, burst: 50, background: { ...none, hung: 1 } };
  const trials = [
    { ...happened, ...none, hung: 1, longestWaitSeconds: 10, secondsToEven: 0.3 },
    { ...happened, ...none, reset: 12, longestWaitSeconds: 0.02, secondsToEven: 0.2 },
    { ...happened, ...none, longestWaitSeconds: 0.01, secondsToEven: null },
  ];
  const run = buildRun([
    ...trials.map((scenario, index) => buildTrial({ policy: 'rr', run: index + 1 }, { scenario })),
    buildTrial({ policy: 'shared' }, { scenario: { ...(trials[2] as (typeof trials)[0]) } }),
  ]);
  const text = print(run);
  t.snapshot(text.slice(text.indexOf('── scenario')));
});

test('a killed worker, an idle one and a left-out trial are shown', (t) => {
  const killed = { code: null, signal: 'SIGKILL', atSeconds: 0.5 };
  const workers = [
    workerRow(0, { connections: 500 }),
    workerRow(1, { connections: 200, exit: killed }),
    workerRow(1, { pid: 50_001, connections: 300 }),
    workerRow(2),
  ];
  const lost = { code: 'conservation', message: 'the client opened 10\nand the workers counted 9' };
  const text = print(
    buildRun([
      buildTrial({ workers: 3, run: 1 }, { workers }),
      buildTrial({ workers: 3, run: 2 }, { valid: false, error: lost }),
    ]),
  );
  t.regex(
    text,
    /^ {5}1 {2}41234 .* 200 +20.0 %\n +└ killed by SIGKILL after 500 ms\n +50001 .* 300 +30.0 %$/m,
  );
  t.regex(text, /^ {5}2 {2}41235 .* 0 +0.0 %$/m);
  t.regex(text, /── 1 of 2 trials valid ──|1 of 2 trials valid ──/);
  t.regex(text, /✗ Trial 2 left out: the client opened 10 and the workers counted 9/);
  t.regex(text, /^ +rr +1\/2 /m);
});

test('a cell without a valid trial shows its error and no figure', (t) => {
  const error = { code: 'mechanism', message: 'expected reuseport, found round-robin' };
  const text = print(buildRun([buildTrial({ policy: 'reuseport' }, { valid: false, error })]));
  t.regex(text, /0 of 1 trial valid/);
  t.regex(text, /✗ No valid trial of 1: expected reuseport, found round-robin/);
  t.regex(text, /^ +reuseport +0\/1 +– +– .*invalid/m);
  t.notRegex(text, /Jain \d|█/);
});

test('requests get a second bar where they fall otherwise than connections', (t) => {
  const options = { workload: 'http', counts: [25, 25] };
  const bars = (requests: number[]) =>
    print(buildRun([buildTrial({ ...options, requests })])).split('▀').length - 1;
  t.is(bars([500, 500]), 0);
  t.true(bars([900, 100]) > 10);
});

test('a warning of many cells is printed once, with where it was', (t) => {
  const warnings = [{ code: 'client-saturated', eventLoopUtilization: 0.97 }];
  const run = buildRun(['rr', 'shared'].map((policy) => buildTrial({ policy }, { warnings })));
  const text = print(run).replace(/\s+/g, ' ');
  t.is(text.split('The client was busy 97 %').length - 1, 1);
  t.regex(text, /\(rr: 1 of 1 trial; shared: 1 of 1 trial\)/);
});

test('an interrupted run says so, and one without a trial still prints', (t) => {
  t.regex(print(buildRun([buildTrial()], { interrupted: true })), /^Interrupted: .*1 finished trial/m);
  t.regex(print(buildRun([], { interrupted: true })), /No trial finished\./);
});

test('workers and Node have their columns only where they vary', (t) => {
  const head = (run: RunRecord) =>
    print(run)
      .split('\n')
      .find((line) => line.startsWith('  policy'));
  t.notRegex(head(buildRun([buildTrial()])) ?? '', /workers|Node/);
  t.regex(head(buildRun([buildTrial({ workers: 2 }), buildTrial({ workers: 4 })])) ?? '', /workers/);
  t.regex(head(buildRun([buildTrial({ node: '22.1.0' }), buildTrial({ node: '24.1.0' })])) ?? '', /Node/);
});

test('what came from outside cannot write escapes to the terminal', (t) => {
  const nasty = `${esc}[31mred${esc}[0m\u0007`;
  const run = buildRun(
    [
      buildTrial({ policy: nasty }, { warnings: [{ code: nasty, [nasty]: nasty }] }),
      buildTrial(
        { policy: nasty, run: 2 },
        { valid: false, error: { code: nasty, message: nasty, details: [nasty] } },
      ),
    ],
    { command: ['bench', nasty] },
  );
  t.notRegex(print(run).replaceAll('\n', ''), /\p{Cc}/u);
});

test('without colour there is no escape, with colour the same text', (t) => {
  const run = buildRun(sixTrials({ order: roundRobin }));
  const colored = renderTerminal(run, { columns: 80, color: true });
  t.false(print(run).includes(esc));
  t.true(colored.includes(esc));
});

test('every line of any run fits the terminal, from 1 to 32 workers', (t) => {
  const runs = fc.record({
    workers: fc.integer({ min: 1, max: 32 }),
    policies: fc.subarray(['single', 'rr', 'shared', 'reuseport', 'a-policy-with-a-long-name'], {
      minLength: 1,
    }),
    nodes: fc.subarray(['20.20.2', '22.12.0'], { minLength: 1 }),
    skew: fc.integer({ min: 1, max: 5 }),
    seed: fc.integer(),
    columns: fc.integer({ min: 60, max: 130 }),
    color: fc.boolean(),
    requests: fc.boolean(),
    valid: fc.boolean(),
    message: fc.string({ maxLength: 300 }),
  });
  const eightNamedLines = {
    workers: 8,
    policies: ['reuseport'],
    nodes: ['22.12.0'],
    skew: 1,
    seed: 0,
    columns: 80,
    color: true,
    requests: false,
    valid: true,
    message: '',
  };
  fc.assert(
    fc.property(
      runs,
      ({ workers, policies, nodes, skew, seed, columns, color, requests, valid, message }) => {
        const random = xoroshiro128plus(seed);
        const draw = () =>
          Math.min(...Array.from({ length: skew }, () => uniformInt(random, 0, workers - 1)));
        const trials = policies.flatMap((policy) =>
          nodes.flatMap((node) => {
            const order = Array.from({ length: 300 }, draw);
            const options = {
              policy,
              node,
              workers,
              order,
              intervals: 12,
              connectUs: [10 ** (1 + (seed & 7))],
            };
            const workload = requests
              ? { workload: 'http', requests: order.slice(0, workers).map((n) => n * 1e5) }
              : {};
            const bad = { valid, error: { code: 'x', message }, warnings: [{ code: message }] };
            return [buildTrial({ ...options, ...workload }), buildTrial({ ...options, run: 2 }, bad)];
          }),
        );
        const text = renderTerminal(buildRun(trials), { columns, color });
        const widest = Math.max(80, Math.min(columns, 100));
        return text.split('\n').every((line) => width(line) <= widest);
      },
    ),
    { numRuns: 60, examples: [[eightNamedLines]] },
  );
  t.pass();
});
