import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { tiny, trialsIn, workspace } from '../../helpers/bench.js';
import { until } from '../../helpers/until.js';

const small = (...args: string[]) => tiny('-n', '60', '-w', '1', ...args);

test.serial(
  'formats are written beside the record, or where they are told, and the report is as ever',
  async (t) => {
    const { bench, cwd, record } = await workspace(t);
    const formats = ['--format', 'markdown', '--format', 'csv', '--format', 'junit=ci/report.xml'];
    const { code, stdout, stderr } = await bench(small(...formats));

    t.is(code, 0);
    t.regex(stdout, /── rr ─/);
    t.is(
      stderr,
      'record: run.json\nmarkdown: run.md\ncsv: run.trials.csv\ncsv: run.cells.csv\njunit: ci/report.xml\n',
    );
    t.deepEqual(await readdir(cwd), ['ci', 'run.cells.csv', 'run.json', 'run.md', 'run.trials.csv']);
    t.regex(await readFile(path.join(cwd, 'run.md'), 'utf8'), /^## connect/);
    t.regex(await readFile(path.join(cwd, 'ci/report.xml'), 'utf8'), /<\/testsuites>\n$/);
    t.is((await record()).trials.length, 1);
    t.is((await bench(small('--quiet', '--format', 'markdown'))).stderr, '');
  },
);

test.serial('bench report prints a format, or writes it, as the run does', async (t) => {
  const { bench, cwd } = await workspace(t);
  t.is((await bench(small('--format', 'markdown'))).code, 0);
  const text = await readFile(path.join(cwd, 'run.md'), 'utf8');

  const shown = await bench(['report', 'run.json', '--format', 'markdown']);
  t.deepEqual([shown.code, shown.stdout, shown.stderr], [0, text, '']);
  const written = await bench([
    'report',
    'run.json',
    '--format',
    'markdown',
    '-o',
    'a/b.md',
    '--format',
    'hgrm=h',
  ]);
  t.is(written.code, 0);
  t.is(written.stdout, '');
  t.is(written.stderr, 'markdown: a/b.md\nhgrm: h.rr.connect.hgrm\nhgrm: h.rr.response.hgrm\n');
  t.is(await readFile(path.join(cwd, 'a/b.md'), 'utf8'), text);
  const both = await bench(['report', 'run.json', '--json', '--format', 'junit']);
  t.deepEqual([JSON.parse(both.stdout).trials.length, both.stderr], [1, 'junit: run.xml\n']);
});

test.serial(
  'bench compare has a comparison in the formats that can, and the others are refused',
  async (t) => {
    const { bench } = await workspace(t);
    t.is((await bench(small())).code, 0);
    const compare = (...args: string[]) => bench(['compare', 'run.json', 'run.json', ...args]);

    const { code, stdout } = await compare('--format', 'markdown');
    t.is(code, 0);
    t.regex(
      stdout,
      /^## run\.json against run\.json\n\n- \*\*rr, 1 worker, Node \S+\*\*: throughput is inconclusive/,
    );
    t.is((await compare('--format', 'json')).stdout, (await compare('--json')).stdout);
    const none = await compare('--format', 'csv');
    t.deepEqual(
      [none.code, none.stdout, none.stderr],
      [2, '', 'bench: --format csv: it is of one run; of two there is markdown, junit or json\n'],
    );
    const own = await compare('--format', 'json=run.json');
    t.is(own.code, 2);
    t.regex(
      own.stderr,
      /^bench: --format json=run\.json: run\.json is what is compared; name another file, .*\n$/,
    );
  },
);

test.serial('what cannot be written is said before the first trial, and leaves nothing', async (t) => {
  const { bench, cwd } = await workspace(t);
  await mkdir(path.join(cwd, 'folder'));
  await writeFile(path.join(cwd, 'file'), 'mine');
  const refused = async (reason: RegExp, ...args: string[]) => {
    const { code, stdout, stderr } = await bench(small(...args));
    t.deepEqual([code, stdout], [2, '']);
    t.regex(stderr, /^bench: [^\n]*\n$/);
    t.regex(stderr, reason);
    t.deepEqual(await readdir(cwd, { recursive: true }), ['file', 'folder']);
  };

  await refused(
    /--format junit=folder cannot be written: it is a folder; name a file in it, such as folder\/report\.xml$/m,
    ...['--format', 'markdown=new/a.md', '--format', 'junit=folder'],
  );
  await refused(/--format csv=file\/x\.csv cannot be written: not a directory/, '--format', 'csv=file/x.csv');
  await refused(
    /: new\/x is that of --format csv=new\/x;/,
    '--format',
    'csv=new/x',
    '--format',
    'hgrm=new/x',
  );
  await refused(/--format json: run\.json is the record; name another/, '--format', 'json');
  await refused(/there is no record for it to stand beside/, '--format', 'junit', '-o', '/dev/null');
  await refused(/csv makes several files; expected a name/, '--format', 'csv=/dev/stdout');
  await refused(/./, '--format', 'markdown=new/a.md', '--policy', 'reuseport', '--node', 'no/such/node');
});

test.serial(
  'a disk that is full in the end costs a format, not the record, and bench says how to have it',
  async (t) => {
    const { bench, record } = await workspace(t);
    const { code, stdout, stderr } = await bench(
      small('--format', 'markdown=/dev/full', '--format', 'junit=j.xml'),
    );

    t.is(code, 1);
    t.regex(stdout, /── rr ─/);
    t.regex(
      stderr,
      /^record: run\.json\njunit: j\.xml\nbench: \/dev\/full cannot be written: no space left on device \(ENOSPC\); .*\. bench report run\.json --format markdown=… makes it anew\n$/,
    );
    t.is((await record()).trials.length, 1);
  },
);

test.serial('Ctrl-C leaves formats of the finished trials, and before the first nothing', async (t) => {
  const { start, cwd } = await workspace(t);
  const endless = ['-n', '60', '--warmup', '0', '-r', '1000', '-w', '1', '-p', 'rr', '-o', 'run.json'];
  const { pid, result } = start([...endless, '--format', 'markdown']);
  await until(() => trialsIn(path.join(cwd, 'run.journal')) >= 1);
  process.kill(-pid, 'SIGINT');
  const { code, stderr } = await result;
  t.is(code, 130);
  t.regex(stderr, /^interrupted after \d+ of 1,000 trials\nrecord: run\.json\nmarkdown: run\.md\n$/);
  t.regex(await readFile(path.join(cwd, 'run.md'), 'utf8'), /\*\*Interrupted: this is what /);

  const early = start(['--warmup', '60s', '-w', '1', '-p', 'rr', '--format', 'markdown=new/r.md']);
  await until(() => existsSync(path.join(cwd, 'bench-results')));
  process.kill(-early.pid, 'SIGINT');
  t.is((await early.result).code, 130);
  t.deepEqual(await readdir(cwd), ['run.json', 'run.md']);
});

test.serial('one of several files does not take the place of another, or of the record', async (t) => {
  const { bench, cwd } = await workspace(t);
  const formats = ['--format', 'markdown=a.trials.csv', '--format', 'csv=a.csv', '--format', 'csv=run.json'];
  const { code, stderr } = await bench(small('-o', 'run.cells.json', ...formats));

  t.is(code, 1);
  t.deepEqual(stderr.trimEnd().split('\n'), [
    'record: run.cells.json',
    'markdown: a.trials.csv',
    'csv: a.cells.csv',
    'csv: run.trials.json',
    'bench: --format csv=a.csv: a.trials.csv is that of --format markdown=a.trials.csv; name another file',
    'bench: --format csv=run.json: run.cells.json is the record; name another file',
  ]);
  t.regex(await readFile(path.join(cwd, 'a.trials.csv'), 'utf8'), /^## connect/);
  t.is(JSON.parse(await readFile(path.join(cwd, 'run.cells.json'), 'utf8')).schemaVersion, 1);
});

test.serial('bench list has a line for each of the lists that a run knows', async (t) => {
  const { bench } = await workspace(t);
  for (const [list, some] of [
    ['policies', /^reuseport +\S/m],
    ['schedulers', /^least-connections +\S/m],
    ['workloads', /^connect +\S/m],
    ['scenarios', /^kill +\S/m],
    ['drivers', /^raw +\S/m],
    ['formats', /^markdown +\S/m],
  ] as const) {
    const { code, stdout, stderr } = await bench(['list', list]);
    t.deepEqual([code, stderr], [0, '']);
    t.regex(stdout, some);
  }
  t.regex((await bench(['list'])).stdout, /^formats +\S/m);
  t.is((await bench(['list', 'format'])).code, 2);
});
