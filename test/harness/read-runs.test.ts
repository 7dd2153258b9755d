import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { encodeRun } from '../../harness/encode.js';
import { readRuns } from '../../harness/read-runs.js';
import { temporaryFolder } from '../helpers/temporary.js';
import { buildRun, buildTrial } from '../reports/build-run.js';

const content = [...encodeRun(buildRun([buildTrial()]))].join('');

async function folderWith(t: ExecutionContext, files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder(t);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

async function read(...named: string[]) {
  const skipped: string[] = [];
  const files: string[] = [];
  for await (const { file } of readRuns(named, (one) => skipped.push(path.basename(one.file))))
    files.push(path.basename(file));
  return { files, skipped };
}

test('of a folder its own .json are read, and what is no result is skipped', async (t) => {
  const folder = await folderWith(t, {
    'b.json': content,
    'a.json': content,
    'package.json': '{}',
    'cut.json': content.slice(0, 500),
    'notes.txt': content,
    'older.json/c.json': content,
  });
  t.deepEqual(await read(folder), { files: ['a.json', 'b.json'], skipped: ['cut.json', 'package.json'] });
});

test('a file that is named again, by its folder too, is read once', async (t) => {
  const folder = await folderWith(t, { 'a.json': content, 'b.json': content });
  const named = path.join(folder, 'a.json');
  t.deepEqual((await read(named, `${folder}/./a.json`, folder)).files, ['a.json', 'b.json']);
});

test('a file that was named and is no result is a mistake, as is a newer one in a folder', async (t) => {
  const newer = content.replace(/"schemaVersion":\s*1\b/, '"schemaVersion": 2');
  const folder = await folderWith(t, { 'a.json': content, 'other.json': '{}', 'newer/b.json': newer });
  await t.throwsAsync(read(path.join(folder, 'other.json')), { code: 'bad-result' });
  await t.throwsAsync(read(path.join(folder, 'missing.json')), { message: /does not exist/ });
  await t.throwsAsync(read(path.join(folder, 'newer')), { code: 'newer-result' });
});

test('a folder without a result is a mistake', async (t) => {
  const folder = await folderWith(t, { 'package.json': '{}' });
  await t.throwsAsync(read(folder), {
    code: 'no-results',
    message: /: no result of cluster-bench is in this folder/,
  });
});
