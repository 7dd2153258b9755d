import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { assertEnoughFiles, describeEnvironment } from '../../harness/environment.js';
import { BenchError } from '../../harness/errors.js';
import { environmentSchema } from '../../harness/record.js';
import { temporaryFolder } from '../helpers/temporary.js';

const nodes = { '24.1.0': { version: '24.1.0', path: '/n/24', libuv: '1.50.0', v8: '13.6' } };

/** A root folder with these files in it. */
async function rootOf(t: ExecutionContext, files: Record<string, string>): Promise<string> {
  const root = await temporaryFolder(t);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  }
  return root;
}

const limits = (soft: string) => `Limit                     Soft Limit           Hard Limit           Units
Max processes             63432                63432                processes
Max open files            ${soft.padEnd(20)} 524288               files
`;

test('this machine is described as the schema has it', async (t) => {
  const environment = await describeEnvironment({ nodes });

  t.deepEqual(environmentSchema.parse(environment), environment);
  t.is(environment.toolNode, process.versions.node);
  t.is(environment.availableParallelism, os.availableParallelism());
  t.deepEqual(environment.nodes, nodes);
  t.deepEqual(Object.keys(environment.peers), ['autocannon', 'hdr-histogram-js']);
  t.true(Object.values(environment.peers).every((version) => /^\d+\.\d+\.\d+/.test(version)));
});

test('what Linux tells in /proc is read', async (t) => {
  const root = await rootOf(t, {
    'proc/self/limits': limits('1024'),
    'proc/sys/net/ipv4/ip_local_port_range': '32768\t60999\n',
    'proc/sys/net/core/somaxconn': '4096\n',
    'proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu vme hypervisor lahf_lm\n',
  });
  const { openFilesLimit, portRange, somaxconn, virtualized } = await describeEnvironment({ nodes, root });

  t.deepEqual(
    { openFilesLimit, portRange, somaxconn, virtualized },
    { openFilesLimit: 1024, portRange: [32768, 60999], somaxconn: 4096, virtualized: true },
  );
});

test('no limit is null, and a CPU without the flag is not virtualized', async (t) => {
  const root = await rootOf(t, {
    'proc/self/limits': limits('unlimited'),
    'proc/cpuinfo': 'flags\t\t: fpu vme\n',
  });
  const environment = await describeEnvironment({ nodes, root });

  t.is(environment.openFilesLimit, null);
  t.false(environment.virtualized);
});

test('what the platform does not tell is null or absent', async (t) => {
  const environment = await describeEnvironment({ nodes, root: await temporaryFolder(t) });

  t.deepEqual(environmentSchema.parse(environment), environment);
  t.is(environment.portRange, null);
  t.is(environment.somaxconn, null);
  t.false('cgroupCpuLimit' in environment);
  t.false('virtualized' in environment);
  t.true(environment.openFilesLimit === null || environment.openFilesLimit > 0);
});

const cpuLimit = test.macro(async (t, files: Record<string, string>, expected: number | undefined) => {
  const { cgroupCpuLimit } = await describeEnvironment({ nodes, root: await rootOf(t, files) });
  t.is(cgroupCpuLimit, expected);
});

test(
  'the CPU limit of a control group of version 2 is the least of those above it',
  cpuLimit,
  {
    'proc/self/cgroup': '0::/user/bench\n',
    'sys/fs/cgroup/user/bench/cpu.max': 'max 100000\n',
    'sys/fs/cgroup/user/cpu.max': '150000 100000\n',
    'sys/fs/cgroup/cpu.max': '300000 100000\n',
  },
  1.5,
);

test(
  'in a container the limit is at the root of what it sees',
  cpuLimit,
  {
    'proc/self/cgroup': '0::/docker/4f2a\n',
    'sys/fs/cgroup/cpu.max': '50000 100000\n',
  },
  0.5,
);

test(
  'the CPU limit of a control group of version 1 is its quota over its period',
  cpuLimit,
  {
    'proc/self/cgroup': '5:memory:/bench\n3:cpu,cpuacct:/bench\n0::/\n',
    'sys/fs/cgroup/cpu,cpuacct/bench/cpu.cfs_quota_us': '200000\n',
    'sys/fs/cgroup/cpu,cpuacct/bench/cpu.cfs_period_us': '100000\n',
    'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
    'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
  },
  2,
);

test(
  'a control group without a limit says nothing',
  cpuLimit,
  {
    'proc/self/cgroup': '0::/bench\n',
    'sys/fs/cgroup/bench/cpu.max': 'max 100000\n',
  },
  undefined,
);

test('more connections than files can be opened are refused, with the way out', (t) => {
  const error = t.throws(() => assertEnoughFiles({ connections: 5000, limit: 1024 }), {
    instanceOf: BenchError,
  });

  t.is(error.exitCode, 2);
  t.is(
    error.message,
    "--connections 5000 needs about 5064 open files and the limit is 1024: raise it with 'ulimit -n 5064' or lower --connections",
  );
});

test('as many connections as files can be opened are fine, and without a limit any number', (t) => {
  t.notThrows(() => assertEnoughFiles({ connections: 960, limit: 1024 }));
  t.throws(() => assertEnoughFiles({ connections: 961, limit: 1024 }));
  t.notThrows(() => assertEnoughFiles({ connections: 1e6, limit: null }));
});
