import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { pm2 } from '../../harness/policies/pm2.js';
import { temporaryFolder } from '../helpers/temporary.js';
import { assertWhole, runningNode, runOne } from '../helpers/trials.js';

const context = {
  nodeVersion: runningNode.version,
  platform: process.platform,
  clustersItself: false,
  transport: 'tcp',
} as const;

test.serial('pm2 runs an app whose path has spaces, with its arguments, in the working folder', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'with a space');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'beside.cjs'), 'module.exports = process.argv.slice(2);');
  const app = path.join(folder, 'app.cjs');
  writeFileSync(
    app,
    `const given = JSON.stringify([require('./beside.cjs'), process.cwd()]);
     if (given !== ${JSON.stringify(JSON.stringify([['--flag', 'two words'], process.cwd()]))}) throw new Error(given);
     require('node:http').createServer((_, response) => response.end()).listen(0, '127.0.0.1');`,
  );
  const trial = await runOne(t, {
    app: { path: app, args: ['--flag', 'two words'] },
    policies: ['pm2'],
  });

  assertWhole(t, trial);
  t.deepEqual(
    trial.front.map(({ role }) => role),
    ['daemon'],
  );
});

test('an app has its own pm2 before ours, and one that is too old is named', async (t) => {
  const folder = await temporaryFolder(t);
  const app = path.join(folder, 'app.js');
  mkdirSync(path.join(folder, 'node_modules/pm2'), { recursive: true });
  const install = (version: string) =>
    writeFileSync(path.join(folder, 'node_modules/pm2/package.json'), JSON.stringify({ version }));
  install('4.5.6');
  t.regex(pm2.unsupported({ ...context, app }) ?? '', /^pm2 5 or newer is needed; the app's is 4\.5\.6\./);
  install('6.0.1');
  t.is(pm2.unsupported({ ...context, app }), undefined);
  t.deepEqual(pm2.peers(app), { pm2: '6.0.1' });
  t.is(pm2.unsupported({ ...context, app: null }), undefined);
  t.regex(pm2.unsupported({ ...context, app, clustersItself: true }) ?? '', /forks its own workers/);
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
