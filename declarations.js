/** Makes dist/types: of the declarations in build/types those that the package's user meets, and what `require` has of them. */
import { execFileSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compile } from 'json-schema-to-typescript';
import * as z from 'zod';
import * as api from './build/cli/index.js';
import * as record from './build/harness/record.js';
import { describeFields } from './build/harness/record-json-schema.js';

const from = path.resolve('build/types');
const to = path.resolve('dist/types');

await Promise.all(
  reachedFrom('cli/index.d.ts').map((file) => cp(path.join(from, file), path.join(to, file))),
);
await writeFile(path.join(to, 'harness/record.d.ts'), await typesOfRecord());
await writeFile(path.join(to, 'cli/index.d.cts'), typesForCommonJs());

/** @param {string} entry */
function reachedFrom(entry) {
  const args = ['--listFilesOnly', '--ignoreConfig', '--module', 'nodenext', path.join(from, entry)];
  const listed = execFileSync('node_modules/.bin/tsc', args, { encoding: 'utf8' });
  const files = listed.trim().split('\n');
  return files.filter((file) => file.startsWith(from)).map((file) => path.relative(from, file));
}

/** Each an interface of its own: inferred from zod's schemas they would ask the package's user for zod's types. */
async function typesOfRecord() {
  const declared = await readFile(path.join(from, 'harness/record.d.ts'), 'utf8');
  const schemaOf = new Map(Object.entries(record));
  const named = z.registry();
  for (const [, id, schema] of declared.matchAll(/^export type (\w+) = z\.infer<typeof (\w+)>;$/gm))
    named.add(schemaOf.get(schema), { id });

  const { schemas } = z.toJSONSchema(named, {
    target: 'draft-7',
    uri: (id) => `#/definitions/${id}`,
    override: describeFields,
  });
  for (const schema of Object.values(schemas)) delete schema.$id;
  const root = 'Definitions';
  const options = { bannerComment: '', unreachableDefinitions: true, ignoreMinAndMaxItems: true };
  const types = await compile({ definitions: schemas }, root, options);
  const ofRoot = new RegExp(
    `/\\*\\*\n.*\`${root}\`'s JSON-Schema\n.*\n \\*/\n|export interface ${root} {[^}]*}\n`,
    'g',
  );
  return types.replace(ofRoot, '');
}

/**
 * What is required is the module that is imported, and so its types are taken from there, in the one way that is allowed in
 * every mode of TypeScript: types are re-exported, and values declared.
 */
function typesForCommonJs() {
  const isClass = (value) => /^class\b/.test(String(value));
  return [
    `import type * as api from './index.js' with { 'resolution-mode': 'import' };`,
    `export type * from './index.js' with { 'resolution-mode': 'import' };`,
    ...Object.entries(api).flatMap(([name, value]) => [
      `export declare const ${name}: typeof api.${name};`,
      ...(isClass(value) ? [`export type ${name} = api.${name};`] : []),
    ]),
    '',
  ].join('\n');
}
