/** docs/api.md, held against what the module exports. */
import { readFileSync } from 'node:fs';
import test from 'ava';
import * as api from '../../../cli/index.js';

const reference = readFileSync(new URL('../../../../docs/api.md', import.meta.url), 'utf8');

test('everything that the module exports stands in docs/api.md', (t) => {
  const names = Object.keys(api).filter((name) => !reference.includes(name));
  t.deepEqual(names, []);
});

test('what docs/api.md calls is exported', (t) => {
  const called = [...reference.matchAll(/^\| `(\w+)\(/gm), ...reference.matchAll(/await (\w+)\(/g)].map(
    ([, name]) => name,
  );
  t.true(called.length > 10);
  t.deepEqual(
    called.filter((name = '') => !Object.hasOwn(api, name)),
    [],
  );
});
