import test from 'ava';
import fc from 'fast-check';
import { flagNamed, flagNames, type Options } from '../../cli/options.js';
import { parse } from '../../cli/parse.js';
import { toAbPlan } from '../../cli/plan.js';
import { BenchError, exitCode } from '../../harness/errors.js';
import { known, optionsOf } from './known.js';

test('bench alone is a run in which every option is left to its default', async (t) => {
  t.deepEqual(await parse([], known), { verb: 'run', options: { args: [] } });
  t.deepEqual(await parse(['run'], known), { verb: 'run', options: { args: [] } });
});

test('every flag of a run is read', async (t) => {
  t.deepEqual(
    await optionsOf(
      ...['--policy', 'rr,reuseport', '--workers', '2,4', '--node', '20,/opt/node', '--workload', 'http'],
      ...['--connections', '10', '--duration', '500ms', '--path', '/health?deep=1', '--runs', '3'],
      ...['--warmup', '0', '--timeout', '1m', '--seed', '4294967295', '--driver', 'autocannon'],
      ...['--host', '::1', '--port', '0', '--output', 'a b.json', '--json', '--quiet', '--no-color'],
    ),
    {
      policy: ['rr', 'reuseport'],
      workers: [2, 4],
      node: ['20', '/opt/node'],
      workload: 'http',
      connections: 10,
      duration: 0.5,
      path: ['/health?deep=1'],
      runs: { fewest: 3, most: 3 },
      warmup: 0,
      timeout: 60,
      seed: 4_294_967_295,
      driver: 'autocannon',
      host: '::1',
      port: 0,
      output: 'a b.json',
      json: true,
      quiet: true,
      color: false,
      args: [],
    },
  );
});

test('an app may be named before or after flags, and after run', async (t) => {
  for (const argv of [
    ['./server.js', '-w', '2'],
    ['-w', '2', './server.js'],
    ['run', './server.js', '-w', '2'],
  ])
    t.deepEqual(await optionsOf(...argv), { app: './server.js', workers: [2], args: [] });
});

test('what follows -- belongs to the app, flags of bench and a second -- included', async (t) => {
  const { args, json } = await optionsOf('./server.js', '--', '--json', '-h', '08', '--', '');

  t.deepEqual(args, ['--json', '-h', '08', '--', '']);
  t.is(json, undefined);
});

test('the value of a short flag may be attached, as with wrk', async (t) => {
  t.deepEqual(await optionsOf('-c50', '-d10s', '-w=4', '-prr'), {
    connections: 50,
    duration: 10,
    workers: [4],
    policy: ['rr'],
    args: [],
  });
});

test('lists may be repeated, and what is named twice counts once', async (t) => {
  t.deepEqual(await optionsOf('-p', 'rr', '-p', 'shared,rr', '-w', '4', '--workers', '2, 4'), {
    policy: ['rr', 'shared'],
    workers: [4, 2],
    args: [],
  });
});

test('weights that are alike all count', async (t) => {
  t.deepEqual((await optionsOf('-p', 'weighted', '--weights', '3,1,1')).weights, [3, 1, 1]);
});

test('none is another name for shared', async (t) => {
  t.deepEqual((await optionsOf('-p', 'rr,none,shared')).policy, ['rr', 'shared']);
});

test('text that looks like a number, a flag or a list stays as it was typed', async (t) => {
  t.is((await optionsOf('./tcp.js', '--payload', '007')).payload, '007');
  t.is((await optionsOf('./tcp.js', '--payload=--json')).payload, '--json');
  t.is((await optionsOf('./tcp.js', '--payload', 'a,b=c')).payload, 'a,b=c');
});

test('report takes a file and the flags that shape what is shown', async (t) => {
  t.deepEqual(await parse(['report', 'main.json', '--json', '--no-color'], known), {
    verb: 'report',
    file: 'main.json',
    options: { json: true, color: false },
  });
});

test('history takes folders and files, what to follow, and a seed', async (t) => {
  const argv = [
    'history',
    'results',
    'main.json',
    '--metric',
    'p99,jain',
    '--metric',
    'p99',
    '-p',
    'rr',
    '--seed',
    '3',
  ];
  t.deepEqual(await parse(argv, known), {
    verb: 'history',
    files: ['results', 'main.json'],
    options: { metric: ['p99', 'jain'], policy: ['rr'], seed: 3 },
  });
});

test('formats may be repeated, with files or without, and --html is short for one of them', async (t) => {
  const argv = ['--format', 'markdown', '--format', 'csv=a=b, c.csv', '--html', 'r.html'];
  const { format, html } = await optionsOf(...argv);

  t.deepEqual(format, [
    { format: 'markdown', given: '--format markdown' },
    { format: 'csv', file: 'a=b, c.csv', given: '--format csv=a=b, c.csv' },
  ]);
  t.deepEqual(html, { format: 'html', file: 'r.html', given: '--html r.html' });
});

test('list takes one of its lists, or none', async (t) => {
  t.deepEqual(await parse(['list', 'formats'], known), { verb: 'list', list: 'formats' });
  t.deepEqual(await parse(['list'], known), { verb: 'list', list: undefined });
});

test('help and version come however wrong the rest is', async (t) => {
  for (const argv of [['--workers', 'abc', '--help'], ['report', '-h'], ['-qh', '--nonsense', '-h'], ['-hV']])
    t.is((await parse(argv, known)).verb, 'help', argv.join(' '));
  for (const argv of [['--nonsense', '-V'], ['version']]) t.is((await parse(argv, known)).verb, 'version');
});

test('help is that of the verb, and short where it is asked for by its letter', async (t) => {
  const about = async (...argv: string[]) => {
    const command = await parse(argv, known);
    return command.verb === 'help' && [command.about.verb?.name, command.about.brief];
  };
  t.deepEqual(await about('--help'), [undefined, false]);
  t.deepEqual(await about('-h'), [undefined, true]);
  t.deepEqual(await about('help'), [undefined, true]);
  t.deepEqual(await about('--json', 'report', '-h'), ['report', true]);
  t.deepEqual(await about('ab', './a.js', '--help'), ['ab', false]);
  t.deepEqual(await about('help', 'ab'), ['ab', false]);
});

const refuses = test.macro({
  title: (_, argv: string) => `refused: bench ${argv}`,
  async exec(t, argv: string, message: string) {
    const words = argv.split(' ').filter((word) => word !== '');
    const error = await t.throwsAsync(parse(words, known), { instanceOf: BenchError });
    t.is(error.message, message);
    t.is(error.exitCode, exitCode.usage);
  },
});

const workers = 'expected whole numbers from 1, such as 2,4,8';
const time = 'expected a time from 1ms to 24h, such as 500ms, 2s or 1m30s';
const count = 'expected a whole number from 1';
const runs = 'expected a whole number from 1, or a range such as 12..60';

// Values
test(refuses, '--workers 0', `--workers 0: ${workers}`);
test(refuses, '--workers -1', `--workers -1: ${workers}`);
test(refuses, '--workers 1.5', `--workers 1.5: ${workers}`);
test(refuses, '--workers abc', `--workers abc: ${workers}`);
test(refuses, '-w abc', `-w abc: ${workers}`);
test(refuses, '-wabc', `-w abc: ${workers}`);
test(refuses, '--workers 2,x,4', `--workers x: ${workers}`);
test(refuses, '--workers 2,,4', `--workers 2,,4: an item of the list is empty; ${workers}`);
test(refuses, '-p rr,', '-p rr,: an item of the list is empty; take the extra comma out');
test(refuses, '--duration 5x', `--duration 5x: ${time}`);
test(refuses, '--duration 0', `--duration 0: ${time}`);
test(refuses, '--duration -1s', `--duration -1s: ${time}`);
test(refuses, '--warmup x', `--warmup x: ${time.replace('a time', '0 or a time')}`);
test(refuses, '--runs 0', `--runs 0: ${runs}`);
test(refuses, '--runs 60..12', `--runs 60..12: ${runs}`);
test(refuses, '--runs 6..', `--runs 6..: ${runs}`);
test(refuses, '--runs 6..8..9', `--runs 6..8..9: ${runs}`);
test(refuses, '--min-effect 5', '--min-effect 5: expected a percentage from 0% to 100%, such as 5%');
test(refuses, '--gate speed', '--gate speed: expected throughput, p50, p99, fairness, cpu or memory');
test(refuses, '--requests 1e3', `--requests 1e3: ${count}`);
test(refuses, '-c 99999999999999999999', `-c 99999999999999999999: ${count}`);
test(refuses, '--port 70000', '--port 70000: expected a whole number from 0 to 65535; 0 takes a free port');
test(refuses, '--seed 4294967296', '--seed 4294967296: expected a whole number from 0 to 4294967295');
test(
  refuses,
  '-l http --path health',
  '--path health: expected a path that begins with / and has no spaces, such as /health',
);
test(
  refuses,
  '--format markdwn=x.md',
  '--format markdwn: expected markdown, csv or html; did you mean markdown?',
);
test(refuses, '--format csv=', '--format csv=: expected a file after csv=, or csv alone');
test(refuses, '--format', '--format: a value is missing; expected markdown, csv or html');
test(refuses, '--html', '--html: a value is missing; expected a file, such as report.html');
test(
  refuses,
  '--format html=-',
  '--format html=-: expected a file after html=; bench report FILE --format html has it on stdout',
);
test(refuses, '-o -', '-o -: expected a file, such as main.json; --json has the record on stdout');
test(
  refuses,
  'list format',
  'list format: expected policies, schedulers, workloads, scenarios, drivers or formats; did you mean formats?',
);
test(refuses, 'list formats more', 'more: one too many; list takes one of its lists');
test(refuses, 'list formats --json', '--json: bench list takes no flags');
test(refuses, '--host a/b', '--host a/b: expected a host name or an address, such as 127.0.0.1');

// Weights
test(
  refuses,
  '-p weighted --weights 3,0',
  '--weights 0: expected whole numbers from 1 to 1000000, one for each worker, such as 3,1,1,1',
);
test(refuses, '-p weighted', '-p weighted: weighted needs --weights, such as --weights 3,1,1,1');
test(
  refuses,
  '--weights 3,1',
  '--weights 3,1: only the policy weighted weighs; add it to --policy, or leave it out',
);
test(
  refuses,
  '-p rr,weighted --weights 3,1 -w 2,4',
  '--weights 3,1 and -w 2,4: 2 weights are for 2 workers; give 4, or leave --workers out',
);

// Names
test(
  refuses,
  '-p sharde',
  '-p sharde: expected single, rr, shared, reuseport or weighted; did you mean shared?',
);
test(refuses, '--policy banana', '--policy banana: expected single, rr, shared, reuseport or weighted');
test(refuses, '-l htpp', '-l htpp: expected connect, echo, http or http-close; did you mean http?');
test(refuses, './a.js --protocol https', '--protocol https: expected http or tcp; did you mean http?');
test(refuses, '--polcy rr', '--polcy: unknown flag; did you mean --policy?');
test(refuses, '--banana', '--banana: unknown flag; bench --help lists them all');
test(refuses, '-x 4', '-x: unknown flag; bench --help lists them all');
test(refuses, '-5', '-5: unknown flag; bench --help lists them all');
test(refuses, '-workers 4', '-workers: unknown flag; did you mean --workers?');
test(refuses, '--no-workers', '--no-workers: unknown flag; did you mean --workers?');
test(refuses, '--constructor 1', '--constructor: unknown flag; bench --help lists them all');

// Too little, too much
test(refuses, '--workers', `--workers: a value is missing; ${workers}`);
test(refuses, '--workers --json', `--workers: a value is missing; ${workers}`);
test(refuses, '--workers=', `--workers: a value is missing; ${workers}`);
test(refuses, '-w', `-w: a value is missing; ${workers}`);
test(refuses, '--policy', '--policy: a value is missing; expected single, rr, shared, reuseport or weighted');
test(
  refuses,
  './a.js --payload -x',
  '--payload: a value is missing; expected the text to send; write --payload=-x where it begins with a dash',
);
test(refuses, '-r 2 --runs 3', '-r 2 and --runs 3: only one is allowed; leave one out');
test(refuses, '--json=maybe', '--json=maybe: this flag takes no value; write --json');
test(refuses, '--no-color=1', '--no-color=1: this flag takes no value; write --no-color');
test(refuses, 'a.js b.js', 'b.js: one too many; bench takes one app; arguments for it follow --');
test(refuses, 'reprot a.json', 'a.json: one too many; bench takes one app; did you mean bench report?');
test(
  refuses,
  '-- 3000',
  '-- 3000: arguments are for an app, and none is named; write bench ./server.js -- 3000',
);
test(refuses, 'report', 'report: a file is missing; expected the record of a run, such as main.json');
test(refuses, 'report a.json b.json', 'b.json: one too many; report takes one file');
test(
  refuses,
  'report a.json -w 2',
  '-w: bench report takes --threshold and --fail-on and --output and --format and --html and --json and --no-color',
);
test(
  refuses,
  'history',
  'history: a folder or files are missing; expected records of runs, such as bench-results',
);
test(
  refuses,
  'history results --metric p999',
  '--metric p999: expected throughput, p50, p99, cpu or jain; did you mean p99?',
);
test(
  refuses,
  'history results -w 2',
  '-w: bench history takes --metric and --policy and --seed and --json and --no-color',
);
test(refuses, 'history results -- x', 'x: one too many; history takes no arguments for an app');
test(refuses, '--metric p99', '--metric: only bench history takes it; leave it out');
test(refuses, '--base a.js', '--base: only bench ab takes it; leave it out');
test(refuses, 'ab --reference rr', '--reference: only bench run takes it; leave it out');
test(
  refuses,
  'help reprot',
  'help reprot: there is no such verb, but run, ab, compare, report, history, inspect, doctor, list, completion; did you mean report?',
);
test(refuses, 'completion --json', '--json: bench completion takes no flags');
test(refuses, 'completion bash', 'bash: one too many; completion takes nothing');

// Contradictions
test(refuses, '-n 100 -d 2s', '-n 100 and -d 2s: a trial ends by a count or by time; leave one of them out');
test(refuses, './a.js -l http', '-l http and the app ./a.js: an app brings its own load; use --protocol');
test(
  refuses,
  '--protocol tcp',
  '--protocol tcp: only an app has a protocol to choose; use --workload connect or echo',
);
test(
  refuses,
  '--protocol http',
  '--protocol http: only an app has a protocol to choose; use --workload http',
);
test(
  refuses,
  '-l http --driver autocannon --rate 100',
  "--rate 100: autocannon sends each second's requests in one burst and adds answers that never were; use --driver raw",
);
test(
  refuses,
  '-l http-close --driver autocannon',
  '--driver autocannon: autocannon counts no answers of connections that it does not keep; http-close is driven raw',
);
test(
  refuses,
  '--arrivals poisson',
  '--arrivals poisson: only an open loop has arrivals; say --rate, or leave it out',
);
test(
  refuses,
  '--disable-keepalive',
  '--disable-keepalive: connect has one exchange per connection; leave it out',
);
test(refuses, '--pipelining 2', '--pipelining 2: connect has one exchange per connection; leave it out');
test(refuses, '-H accept:x', '-H accept:x: connect has no header; use --workload http, or leave it out');
test(refuses, '-p own.mjs', '-p own.mjs: expected a path that begins with / or ., such as ./own.mjs');
test(
  refuses,
  '-l loads/own.cts',
  '-l loads/own.cts: expected a path that begins with / or ., such as ./loads/own.cts',
);
test(refuses, '-l http --ca x.pem', '--ca x.pem: only an app may speak TLS; name one, or leave it out');
test(
  refuses,
  '--driver autocannon',
  '--driver autocannon: autocannon speaks HTTP only; connect is driven raw',
);
test(
  refuses,
  '-l echo --driver autocannon',
  '--driver autocannon: autocannon speaks HTTP only; echo is driven raw',
);
test(
  refuses,
  './a.js --protocol tcp --driver autocannon',
  '--driver autocannon: autocannon speaks HTTP only; --protocol tcp is driven raw',
);
test(refuses, '--path /x', '--path /x: connect asks for no path; use --workload http, or leave it out');
test(
  refuses,
  '--payload hi',
  '--payload hi: only an app is sent a payload; name one, or use --workload echo --payload-size',
);
test(
  refuses,
  './a.js --protocol http --payload hi',
  '--payload hi: --protocol http sends no payload; use --protocol tcp, or leave it out',
);
test(
  refuses,
  '--payload-size 8',
  '--payload-size 8: connect has no payload size; use --workload echo, or leave it out',
);
test(
  refuses,
  './a.js --payload-size 8',
  '--payload-size 8: an app has no payload size; use --workload echo, or leave it out',
);

test('an empty app is refused, as a shell variable that is not set would make it', async (t) => {
  const error = await t.throwsAsync(parse([''], known), { instanceOf: BenchError });
  t.is(error.message, 'the app is empty; expected its path, such as ./server.js');
});

test('a message stays one line that cannot drive the terminal, whatever was typed', async (t) => {
  const error = await t.throwsAsync(parse(['--workers', '1\n\u001B[2J'], known), { instanceOf: BenchError });
  t.is(error.message, `--workers 1\\u{a}\\u{1b}[2J: ${workers}`);
});

const word = fc.oneof(
  fc.constantFrom(...flagNames.map((name) => `--${name}`), '--', '-', '', 'report', 'run', 'completion'),
  fc.constantFrom(...flagNames.flatMap((name) => flagNamed(name).alias ?? []).map((alias) => `-${alias}`)),
  fc.constantFrom('rr', 'shared', '2,4', '2s', '0', '-1', '/x', 'http', 'tcp', 'raw', 'echo', './a.js'),
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.constantFrom('--', '-', '--no-'), fc.string()).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom(...flagNames), fc.string()).map(([name, text]) => `--${name}=${text}`),
  fc.constantFrom(
    '--__proto__',
    '--constructor=1',
    '--toString',
    '--_',
    '--$0',
    '-_',
    '--no-_',
    '----',
    '--.',
  ),
);

test('any command line either is read or is refused with one line and exit code 2', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (argv) => {
      try {
        await parse(argv, known);
      } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        t.is(error.exitCode, exitCode.usage);
        t.notRegex(error.message, /[\p{Cc}\p{Zl}\p{Zp}]/u);
      }
    }),
    { numRuns: 2000 },
  );
  t.pass();
});

// Base and candidate
test(
  refuses,
  'ab',
  'ab: nothing is compared; expected --base and --candidate, or what differs between them, such as --base-node 22 --candidate-node 24',
);
test(
  refuses,
  'ab ./c.js --base ./a.js --candidate ./b.js',
  './c.js: --base and --candidate name both apps; leave it out',
);
test(
  refuses,
  '-p rr --reference shared',
  '--reference shared: the run has no such policy; add it to --policy, or name one of rr',
);
test(refuses, 'ab --base ./a.js', '--base ./a.js: the candidate is missing; say --candidate');
test(refuses, 'ab --candidate ./a.js', '--candidate ./a.js: the base is missing; say --base');
test(
  refuses,
  'ab ./a.js --candidate ./b.js -p rr,shared',
  '--policy rr,shared: of each side there is one; use --base-policy and --candidate-policy',
);
test(
  refuses,
  'compare a.json',
  'compare: two files are needed, the base first; such as bench compare main.json branch.json',
);
test(refuses, 'compare a.json b.json c.json', 'c.json: one too many; compare takes two files');

test('what is not said of a side is as it is for both', async (t) => {
  const { verb, options } = (await parse(
    ['ab', './a.js', '--candidate', './b.js', '--base-node', '22', '-w', '3', '--', '-v'],
    known,
  )) as { verb: string; options: Options };
  const plan = toAbPlan(options, { availableParallelism: 8, randomSeed: 7, nodeVersion: '24.1.0' });

  t.is(verb, 'ab');
  t.deepEqual(plan.sides, {
    base: { app: { path: './a.js', args: ['-v'] }, policy: 'rr', workers: 3, node: '22' },
    candidate: { app: { path: './b.js', args: ['-v'] }, policy: 'rr', workers: 3, node: '24.1.0' },
  });
  t.like(plan, { policies: ['rr'], nodes: ['22', '24.1.0'], workers: [3], runs: 60, fewestRuns: 12 });
});
