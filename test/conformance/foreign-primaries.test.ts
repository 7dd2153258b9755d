import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { egg } from '../../harness/policies/egg.js';
import { pm2 } from '../../harness/policies/pm2.js';
import { temporaryFolder } from '../helpers/temporary.js';
import { firstOf } from '../helpers/thorough.js';
import { assertWhole, runningNode, runOne } from '../helpers/trials.js';

const context = {
  nodeVersion: runningNode.version,
  platform: process.platform,
  clustersItself: false,
  transport: 'tcp',
} as const;

for (const [index, policy] of ['pm2', 'egg'].entries())
  firstOf(index)(
    `${policy} runs an app whose path has spaces, with its arguments, in the working folder`,
    async (t) => {
      const folder = path.join(await temporaryFolder(t), 'with a space');
      mkdirSync(folder);
      writeFileSync(path.join(folder, 'beside.mjs'), 'export default process.argv.slice(2);');
      const app = path.join(folder, 'app.mjs');
      writeFileSync(
        app,
        `import { createServer } from 'node:http';
       import beside from './beside.mjs';
       const given = JSON.stringify([beside, process.cwd()]);
       if (given !== ${JSON.stringify(JSON.stringify([['--flag', 'two words'], process.cwd()]))}) throw new Error(given);
       createServer((_, response) => response.end()).listen(0, '127.0.0.1');`,
      );
      const trial = await runOne(t, {
        app: { path: app, args: ['--flag', 'two words'] },
        policies: [policy],
      });

      assertWhole(t, trial);
    },
  );

test.serial('an app that fails under egg-cluster is told with its own words', async (t) => {
  const app = path.join(await temporaryFolder(t), 'app.cjs');
  writeFileSync(
    app,
    "if (require('node:cluster').isWorker) throw new Error('no database'); else require('node:net').createServer().listen(0);",
  );
  const { error } = await runOne(t, { app: { path: app, args: [] }, policies: ['egg'] });

  t.is(error?.code, 'app-failed');
  t.regex(error?.details?.join('\n') ?? '', /no database/);
});

for (const [policy, name, oldest] of [
  [pm2, 'pm2', 5],
  [egg, 'egg-cluster', 2],
] as const)
  test(`an app has its own ${name} before ours, and one that is too old is named`, async (t) => {
    const folder = await temporaryFolder(t);
    const app = path.join(folder, 'app.js');
    const installed = path.join(folder, 'node_modules', name);
    mkdirSync(installed, { recursive: true });
    const install = (version: string) =>
      writeFileSync(path.join(installed, 'package.json'), JSON.stringify({ version }));
    install(`${oldest - 1}.5.6`);
    t.is(
      policy.unsupported({ ...context, app }),
      `${name} ${oldest} or newer is needed; the app's is ${oldest - 1}.5.6. Install it beside the app (npm install ${name}), or leave ${policy.name} out of --policy`,
    );
    install(`${oldest + 1}.0.1`);
    t.is(policy.unsupported({ ...context, app }), undefined);
    t.deepEqual(policy.peers(app), { [name]: `${oldest + 1}.0.1` });
    t.is(policy.unsupported({ ...context, app: null }), undefined);
    t.regex(policy.unsupported({ ...context, app, clustersItself: true }) ?? '', /forks its own workers/);
  });

test.serial('a TMPDIR whose name is too long for its sockets is refused', (t) => {
  const before = process.env.TMPDIR;
  t.teardown(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  process.env.TMPDIR = `/tmp/${'l'.repeat(80)}`;
  t.regex(
    pm2.unsupported({ ...context, app: null }) ?? '',
    /^pm2 keeps sockets in .* is \d+ characters too long for them\. Set TMPDIR to a shorter one/,
  );
});
