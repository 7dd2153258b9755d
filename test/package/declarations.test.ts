/** The types that the package holds, as the build leaves them in dist/types. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { compiled } from '../helpers/compiled.js';
import { temporaryFolder } from '../helpers/temporary.js';

const folderOf = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const packaged = folderOf('dist/types');
const built = folderOf('build/types');

test('they need the types of no package but Node', async (t) => {
  const files = (await readdir(packaged, { recursive: true })).filter((file) => /\.d\.c?ts$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(path.join(packaged, file), 'utf8')));
  const named = texts.flatMap((text) => [...text.matchAll(/(?:\bfrom |\bimport\()['"]([^'".][^'"]*)['"]/g)]);

  t.deepEqual(
    named.map(([, name = '']) => name).filter((name) => !name.startsWith('node:')),
    [],
  );
});

test('every type of the record is what its schema infers', async (t) => {
  const record = await readFile(path.join(built, 'harness/record.d.ts'), 'utf8');
  const names = [...record.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name);
  const folder = await temporaryFolder(t);
  const both = path.join(folder, 'both.mts');
  await writeFile(
    both,
    [
      `import type * as packaged from '${packaged}/harness/record.js';`,
      `import type * as inferred from '${built}/harness/record.js';`,
      ...names.flatMap((name) => [
        `export const to${name} = (one: inferred.${name}): packaged.${name} => one;`,
        `export const from${name} = (one: packaged.${name}): inferred.${name} => one;`,
      ]),
    ].join('\n'),
  );

  t.true(names.length >= 20);
  t.is(await compiled([both], { cwd: folder, module: 'nodenext' }), '');
});
