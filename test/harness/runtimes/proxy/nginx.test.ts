import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { describeNginx, nginxLacks } from '../../../../harness/runtimes/proxy/nginx.js';
import { temporaryFolder } from '../../../helpers/temporary.js';

/** A program that says what nginx would to -V. */
async function nginxThatSays(t: ExecutionContext, ...lines: string[]) {
  const file = path.join(await temporaryFolder(t), 'nginx');
  writeFileSync(file, `#!/bin/sh\ncat >&2 <<'END'\n${lines.join('\n')}\nEND\n`);
  chmodSync(file, 0o755);
  return describeNginx(file);
}

test('an nginx with stream built in has all that is needed', async (t) => {
  const nginx = await nginxThatSays(
    t,
    'nginx version: nginx/1.25.3',
    'configure arguments: --with-stream --with-stream_ssl_module',
  );

  t.like(nginx, { version: '1.25.3', stream: 'built-in' });
  t.is(nginxLacks(nginx, 'http'), undefined);
  t.is(nginxLacks(nginx, 'tcp'), undefined);
});

test('a stream module counts where its file is', async (t) => {
  const modules = await temporaryFolder(t);
  const said = [
    'nginx version: nginx/1.22.1',
    `configure arguments: --modules-path=${modules} --with-stream=dynamic --with-stream_ssl_module`,
  ];
  const without = await nginxThatSays(t, ...said);
  t.is(without?.stream, undefined);
  t.is(nginxLacks(without, undefined), undefined);
  t.regex(nginxLacks(without, 'tcp') ?? '', /apt-get install libnginx-mod-stream/);

  mkdirSync(modules, { recursive: true });
  writeFileSync(path.join(modules, 'ngx_stream_module.so'), '');
  t.deepEqual((await nginxThatSays(t, ...said))?.stream, { module: `${modules}/ngx_stream_module.so` });
});

test('one that is too old is named with its version', async (t) => {
  const nginx = await nginxThatSays(t, 'nginx version: openresty/1.13.6', 'configure arguments:');
  t.regex(nginxLacks(nginx, 'http') ?? '', /needs nginx 1\.15\.1 or newer; .* is 1\.13\.6/);
  for (const [version, isOld] of [
    ['1.15.0', true],
    ['1.15.1', false],
    ['1.9.99', true],
    ['2.0.0', false],
  ] as const) {
    const one = { path: 'nginx', version, stream: undefined };
    t.is(nginxLacks(one, 'http') !== undefined, isOld, version);
  }
});

test('where there is none, what to install is said', async (t) => {
  t.is(describeNginx('/nonexistent/nginx'), undefined);
  t.is(await nginxThatSays(t, 'something else'), undefined);
  t.regex(nginxLacks(undefined, 'http') ?? '', /not on the PATH\. Install it \(apt-get install nginx\)/);
});
