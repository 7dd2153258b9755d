/** What a release says of itself, and that its tag is that of the version. */
import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { temporaryFolder } from '../helpers/temporary.js';

const changelog = `# Changelog

## [Unreleased]

- Not yet.

## [1.2.0] - 2026-01-02

### Added

- New.

## [1.2.0-beta.1] - 2026-01-01

- Newer.

## [1.1.0] - 2025-12-31
`;

async function notes(t: ExecutionContext, tag: string, version: string) {
  const folder = await temporaryFolder(t);
  await cp('.ci/notes', path.join(folder, '.ci/notes'));
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ version }));
  await writeFile(path.join(folder, 'CHANGELOG.md'), changelog);
  return promisify(execFile)(path.join(folder, '.ci/notes'), [tag]);
}

test('they are what the changelog has under the version', async (t) => {
  t.is((await notes(t, 'v1.2.0', '1.2.0')).stdout.trim(), '### Added\n\n- New.');
  t.is((await notes(t, 'v1.2.0-beta.1', '1.2.0-beta.1')).stdout.trim(), '- Newer.');
});

test('there are none for a tag that is not of the version', async (t) => {
  const error = await t.throwsAsync(notes(t, 'v1.2.0', '1.1.0'));
  t.regex(String(error), /the tag is v1\.2\.0, but package\.json has 1\.1\.0/);
});

test('there are none where the changelog says nothing of the version', async (t) => {
  for (const version of ['1.1.0', '1.3.0', '1.2.0-beta'])
    await t.throwsAsync(notes(t, `v${version}`, version), {
      message: new RegExp(`nothing under ## \\[${version.replaceAll('.', '\\.')}\\]`),
    });
});
