import { createRequire } from 'node:module';
import test from 'ava';

/** Of the package itself, as its users name it. */
const name: string = 'cluster-bench';

test('what is required is what is imported, and no second copy of it', async (t) => {
  const imported = await import(name);
  const required = createRequire(import.meta.url)(name);

  t.is(required.BenchError, imported.BenchError);
  t.deepEqual(Object.keys(required).sort(), Object.keys(imported).sort());
});
