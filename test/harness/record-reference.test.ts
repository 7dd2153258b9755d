/** The reference of the record, docs/record.md, held against its schema. */
import { readFileSync } from 'node:fs';
import test from 'ava';
import { schemaVersion } from '../../harness/record.js';
import { recordDescriptions } from '../../harness/record-descriptions.js';
import { recordFields } from '../helpers/record-fields.js';

const reference = readFileSync(new URL('../../../docs/record.md', import.meta.url), 'utf8');

/** Rows of the tables by their heading: field → kind, without links and code, and meaning. */
function documented(): Record<string, { kind: string; meaning: string }>[] {
  return reference
    .split(/^## /m)
    .filter((section) => section.includes('\n| field '))
    .map((section) =>
      Object.fromEntries(
        [...section.matchAll(row)].map(([, field, kind = '', meaning = '']) => [
          field,
          { kind: bare(kind), meaning },
        ]),
      ),
    );
}

const row = /^\| `([^`]+)` \| (.*?) \| (\S.*) \|$/gm;
const bare = (kind: string) => kind.replace(/\[(\w+)\]\(#\w+\)/g, '$1').replaceAll('`', '');

test('every field of the record has its kind and its meaning in docs/record.md, and no other stands there', (t) => {
  const fields = Object.entries(recordFields()).map(([part, kinds]) => {
    const meanings: Record<string, string> = recordDescriptions[part as keyof typeof recordDescriptions];
    return Object.fromEntries(
      Object.entries(kinds).map(([field, kind]) => [field, { kind, meaning: meanings[field] ?? '' }]),
    );
  });
  t.deepEqual(documented(), fields);
});

test('docs/record.md tells the schema version, and its links lead somewhere', (t) => {
  t.true(reference.includes(`\nIt is ${schemaVersion}. `));
  const anchors = new Set(
    [...reference.matchAll(/^## (\w+)$/gm)].map(([, heading = '']) => `#${heading.toLowerCase()}`),
  );
  for (const [, link = ''] of reference.matchAll(/\]\((#\w+)\)/g)) t.true(anchors.has(link), link);
});
