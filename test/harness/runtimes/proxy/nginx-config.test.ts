import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { findNginx, nginxLacks } from '../../../../harness/runtimes/proxy/nginx.js';
import { nginxConfig } from '../../../../harness/runtimes/proxy/nginx-config.js';
import type { Balancing } from '../../../../harness/runtimes/proxy/settings.js';
import { temporaryFolder } from '../../../helpers/temporary.js';

const nginx = findNginx();
const ways: Balancing[] = ['round-robin', 'least_conn', 'random-two', 'ip-hash'];

for (const speaks of ['http', 'tcp'] as const) {
  const lacks = nginxLacks(nginx, speaks);
  for (const balancing of ways)
    for (const host of ['127.0.0.1', '::1', '::'])
      (nginx === undefined || lacks !== undefined ? test.skip : test)(
        `nginx takes the configuration for ${speaks}, ${balancing}, ${host}`,
        async (t) => {
          if (nginx === undefined) return;
          const folder = path.join(await temporaryFolder(t), `an "odd" \\ {name};`);
          mkdirSync(folder);
          const settings = { nginx, balancing, speaks, host, port: 0, askedPort: null, folder };
          const file = path.join(folder, 'nginx.conf');
          writeFileSync(file, nginxConfig({ ...settings, port: 20_000 }, [20_001, 20_002]));

          const { status, stderr } = spawnSync(
            nginx.path,
            ['-t', '-q', '-p', folder, '-c', file, '-e', 'stderr'],
            {
              encoding: 'utf8',
            },
          );
          t.is(status, 0, stderr);
        },
      );
}
