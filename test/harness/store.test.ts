import { execFile, spawn } from 'node:child_process';
import fsPromises, { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import test from 'ava';
import { BenchError } from '../../harness/errors.js';
import type { Files } from '../../harness/output.js';
import { readRun } from '../../harness/read-run.js';
import type { RunRecord } from '../../harness/record.js';
import { openStore, type RunHeader } from '../../harness/store.js';
import { temporaryFolder } from '../helpers/temporary.js';
import { buildRun, buildTrial } from '../reports/build-run.js';

const run = buildRun([buildTrial({ run: 1 }), buildTrial({ run: 2 })]);
const [first, second] = run.trials as [RunRecord['trials'][number], RunRecord['trials'][number]];
const { finishedAt: _, interrupted: __, trials: ___, summary: ____, ...header } = run;

const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

/** A disk on which the journal takes its header and then `trials` more, the next of them by half. */
function smallDisk(room: { trials: number }, changes: Partial<Files> = {}): Files {
  const open: Files['open'] = async (...args) => {
    const handle = await fsPromises.open(...args);
    let lines = -1;
    const write = async (buffer: Buffer, at: number, length: number, position: number) => {
      if (lines >= room.trials && length > 1)
        return handle.write(buffer, at, length >> 1, position).then(() => Promise.reject(full()));
      lines += 1;
      return handle.write(buffer, at, length, position);
    };
    return Object.assign(Object.create(handle), {
      write,
      sync: () => handle.sync(),
      close: () => handle.close(),
    });
  };
  return { ...fsPromises, open, ...changes };
}

test('a finished run is one file in a folder that was made for it, and reads back as it was', async (t) => {
  const folder = await temporaryFolder(t);
  const output = path.join(folder, 'a', 'b', 'run.json');
  const store = await openStore(output, header);
  await store.append(first);
  await store.append(second);

  t.deepEqual(await store.finish(run), { path: output });
  t.deepEqual(await readdir(path.dirname(output)), ['run.json']);
  t.deepEqual(await readRun(output), run);
});

test('after every trial the journal has it, and reads as an interrupted run', async (t) => {
  const output = path.join(await temporaryFolder(t), 'run.json');
  const store = await openStore(output, header);
  t.is(store.journal, output.replace('.json', '.journal'));
  t.deepEqual((await readRun(`${store.journal}`)).trials, []);

  await store.append(first);
  const read = await readRun(`${store.journal}`);
  t.deepEqual(read.trials, [first]);
  t.true(read.interrupted);
  await store.discard();
});

test('a file that exists stays as it is until the run is finished, and a link to it stays a link', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, 'old.json'), 'old');
  await symlink('old.json', path.join(folder, 'link.json'));
  const store = await openStore(path.join(folder, 'link.json'), header);
  await store.append(first);
  t.is(await readFile(path.join(folder, 'old.json'), 'utf8'), 'old');

  await store.finish(run);
  t.deepEqual((await readRun(path.join(folder, 'old.json'))).trials, run.trials);
  t.deepEqual(await readdir(folder), ['link.json', 'old.json']);
});

test('the journal of a killed run is left alone', async (t) => {
  const folder = await temporaryFolder(t);
  const output = path.join(folder, 'run.json');
  for (const name of ['run.journal', 'run.journal.2']) await writeFile(path.join(folder, name), name);
  const store = await openStore(output, header);

  t.is(store.journal, path.join(folder, 'run.journal.3'));
  await store.finish(run);
  t.deepEqual(await readdir(folder), ['run.journal', 'run.journal.2', 'run.json']);
  t.is(await readFile(path.join(folder, 'run.journal'), 'utf8'), 'run.journal');
});

test('a run that is given up leaves its journal only when there is a trial in it', async (t) => {
  const folder = await temporaryFolder(t);
  const empty = await openStore(path.join(folder, 'empty.json'), header);
  const begun = await openStore(path.join(folder, 'begun.json'), header);
  await begun.append(first);
  await empty.discard();
  await begun.discard();

  t.deepEqual(await readdir(folder), ['begun.journal']);
});

test('at once, too, a run that is given up leaves no journal and no new folder without a trial in it', async (t) => {
  const folder = await temporaryFolder(t);
  const empty = await openStore(path.join(folder, 'new/empty.json'), header);
  const begun = await openStore(path.join(folder, 'begun.json'), header);
  const stuck = await openStore(path.join(folder, 'stuck.json'), header);
  // It is on its way to the disk, and nobody has been told of it.
  const appended = begun.append(first);
  await rm(`${stuck.journal}`);
  await mkdir(`${stuck.journal}`);

  t.deepEqual([empty.abandon(), begun.abandon(), stuck.abandon()], [false, true, false]);
  t.deepEqual(await readdir(folder), ['begun.journal', 'stuck.journal']);
  await appended;
  t.deepEqual((await readRun(`${begun.journal}`)).trials, [first]);

  await begun.finish(run);
  t.false(begun.abandon());
});

test('what a full disk cut short is whole again when there is room for the next trial', async (t) => {
  const output = path.join(await temporaryFolder(t), 'run.json');
  const room = { trials: 0 };
  const store = await openStore(output, header, smallDisk(room));
  await store.append(first);
  t.deepEqual((await readRun(`${store.journal}`)).trials, []);

  room.trials = 9;
  await store.append(second);
  t.deepEqual((await readRun(`${store.journal}`)).trials, [first, second]);
  await store.discard();
});

test('a file that cannot be put in place is said, with the journal that has every trial', async (t) => {
  const folder = await temporaryFolder(t);
  const output = path.join(folder, 'run.json');
  const store = await openStore(output, header, { ...fsPromises, rename: () => Promise.reject(full()) });
  await store.append(first);
  await store.append(second);

  t.deepEqual(await store.finish(run), {
    path: output,
    failure: `${output} could not be written: no space left on device (ENOSPC): every trial is in ${store.journal}, which bench report reads`,
  });
  t.deepEqual(await readdir(folder), ['run.journal']);
  t.deepEqual((await readRun(`${store.journal}`)).trials, run.trials);
});

test('when the journal lacks a trial too, the whole run goes to another folder and that is said', async (t) => {
  const output = path.join(await temporaryFolder(t), 'run.json');
  const rename = () => Promise.reject(full());
  const store = await openStore(output, header, smallDisk({ trials: 1 }, { rename }));
  await store.append(first);
  await store.append(second);

  const { failure = '' } = await store.finish(run);
  const [, elsewhere = ''] = /: the whole run is in (\S+)$/.exec(failure) ?? [];
  t.teardown(() => fsPromises.rm(elsewhere, { force: true }));
  t.deepEqual(await readRun(elsewhere), run);
});

test('a journal that failed is no loss when the file can be written', async (t) => {
  const folder = await temporaryFolder(t);
  const output = path.join(folder, 'run.json');
  const { open } = fsPromises;
  const disk = smallDisk({ trials: 0 });
  const store = await openStore(output, header, {
    ...disk,
    open: (file, ...rest) => (`${file}`.endsWith('.tmp') ? open(file, ...rest) : disk.open(file, ...rest)),
  });
  await store.append(first);
  await store.append(second);

  t.deepEqual(await store.finish(run), { path: output });
  t.deepEqual(await readdir(folder), ['run.json']);
  t.deepEqual(await readRun(output), run);
});

async function refused(output: string, files?: Files): Promise<string> {
  const error = await openStore(output, header, files).then(
    () => new Error('it was opened'),
    (error) => error,
  );
  if (!(error instanceof BenchError)) throw error;
  return `${error.exitCode} ${error.code}: ${error.message}`;
}

test('an output that cannot be written is refused before the first trial, in one line', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, 'file'), '');
  const inFile = path.join(folder, 'file', 'run.json');

  t.is(
    await refused(folder),
    `2 output-unwritable: --output ${folder} cannot be written: it is a folder; name a file in it, such as ${folder}/run.json`,
  );
  t.regex(
    await refused(inFile),
    /^2 output-unwritable: --output \S+run\.json cannot be written: not a directory .*$/,
  );
  t.regex(await refused('/proc/nothing/run.json'), /^2 output-unwritable: .*no such file or directory.*$/);
});

test('a full disk is said before the first trial, and nothing is left on it', async (t) => {
  const folder = await temporaryFolder(t);
  const output = path.join(folder, 'run.json');
  const statfs = (async () => ({ blocks: 1000, bavail: 0, bsize: 4096 })) as unknown as Files['statfs'];
  t.regex(
    await refused(output, { ...fsPromises, statfs }),
    /^2 output-unwritable: .*its filesystem is full.*$/,
  );

  const disk = smallDisk({ trials: -1 });
  t.regex(await refused(output, disk), /^2 output-unwritable: .*no space left on device.*$/);
  t.deepEqual(await readdir(folder), []);
});

test('a device is written to and never replaced', async (t) => {
  const store = await openStore('/dev/null', header);
  t.is(store.journal, undefined);
  await store.append(first);
  t.deepEqual(await store.finish(run), { path: '/dev/null' });
  t.true((await fsPromises.stat('/dev/null')).isCharacterDevice());
});

test('a device that is full is said, with where the run is instead', async (t) => {
  const { failure = '' } = await (await openStore('/dev/full', header)).finish(run);
  const [, reason, elsewhere = ''] =
    /^\/dev\/full could not be written: (.*): the whole run is in (.*)$/.exec(failure) ?? [];
  t.teardown(() => fsPromises.rm(elsewhere, { force: true }));

  t.is(reason, 'no space left on device (ENOSPC)');
  t.deepEqual(await readRun(elsewhere), run);
});

test('whoever reads from a FIFO gets the whole run', async (t) => {
  const fifo = path.join(await temporaryFolder(t), 'fifo');
  await promisify(execFile)('mkfifo', [fifo]);
  const store = await openStore(fifo, header);
  const reader = spawn('cat', [fifo], { stdio: ['ignore', 'pipe', 'inherit'] });
  const received = text(reader.stdout);
  // Its open waits for ours, so that there is no sooner sign that it is there.
  let saved = await store.finish(run);
  for (; saved.failure?.includes('nobody reads'); saved = await store.finish(run)) {
    await fsPromises.rm(saved.failure.replace(/.* is in /, ''), { force: true });
  }

  t.deepEqual(saved, { path: fifo });
  t.deepEqual(JSON.parse(await received), run);
  t.true((await fsPromises.stat(fifo)).isFIFO());
});

test('our own stdout gets the whole run by its name, even where it is a socket', async (t) => {
  const url = new URL('../../harness/store.js', import.meta.url).href;
  const script = `
    import { openStore } from ${JSON.stringify(url)};
    const run = ${JSON.stringify(run)};
    await (await openStore('/dev/stdout', run)).finish(run);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

  t.deepEqual(JSON.parse(await text(child.stdout)), run);
});

test('a folder that is not there is made, and no more than that', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(path.join(folder, 'results'));
  const store = await openStore(path.join(folder, 'results', 'no-ending'), header satisfies RunHeader);
  await store.finish(run);
  t.deepEqual(await readdir(path.join(folder, 'results')), ['no-ending']);
});
