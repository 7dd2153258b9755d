import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { BenchError } from '../../harness/errors.js';
import { InstallError, type InstallPackage, npmEnvironment, npmError } from '../../harness/install-node.js';
import { type NodeOptions, resolveEach, resolveNodes } from '../../harness/nodes.js';
import { isAlive } from '../helpers/processes.js';
import { temporaryFolder } from '../helpers/temporary.js';
import { until } from '../helpers/until.js';

const running = process.versions.node;
const [major] = running.split('.');
const name = `node-${process.platform}-${process.arch}`;

const script = (versions: object) => `#!/bin/sh\necho '${JSON.stringify(versions)}'\n`;
const nodeOf = (version: string) => script({ node: version, uv: '1.2.3', v8: '4.5.6' });

async function writeProgram(file: string, content: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  await chmod(file, 0o755);
  return file;
}

/** As npm does it, with a script for a binary; `packages` is what was asked for. */
function fakeInstall(version: string): { install: InstallPackage; packages: string[] } {
  const packages: string[] = [];
  const install: InstallPackage = async (request) => {
    packages.push(`${request.name}@${request.version}`);
    await writeProgram(
      path.join(request.folder, 'node_modules', request.name, 'bin', 'node'),
      nodeOf(version),
    );
  };
  return { install, packages };
}

const never: InstallPackage = () => Promise.reject(new Error('installed although it was there'));

async function setUp(
  t: ExecutionContext,
): Promise<{ cacheDir: string; lines: string[]; options: NodeOptions }> {
  const cacheDir = await temporaryFolder(t);
  const lines: string[] = [];
  return { cacheDir, lines, options: { cacheDir, log: (line) => lines.push(line), install: never } };
}

async function failure(specs: string[], options: NodeOptions): Promise<BenchError> {
  const error = await resolveNodes(specs, options).then(
    () => new Error('it was resolved'),
    (error) => error,
  );
  if (!(error instanceof BenchError)) throw error;
  return error;
}

test('without --node it is the Node that runs bench', async (t) => {
  const { options } = await setUp(t);
  const { uv: libuv, v8 } = process.versions;

  t.deepEqual(await resolveNodes([], options), [
    { label: running, path: process.execPath, version: running, libuv, v8 },
  ]);
});

test('a version that the running Node fits is the running Node', async (t) => {
  const { options } = await setUp(t);
  for (const spec of [running, `v${running}`, `${major}`, running.split('.').slice(0, 2).join('.')]) {
    const [node] = await resolveNodes([spec], options);
    t.deepEqual({ path: node?.path, label: node?.label }, { path: process.execPath, label: running });
  }
});

test('a path is that binary, labelled with the version it tells', async (t) => {
  const { cacheDir, options } = await setUp(t);
  const file = await writeProgram(path.join(cacheDir, 'my', 'node'), nodeOf('18.20.1'));

  t.deepEqual(await resolveNodes([path.relative('.', file)], options), [
    { label: '18.20.1', path: file, version: '18.20.1', libuv: '1.2.3', v8: '4.5.6' },
  ]);
});

test('Nodes of one version are labelled with what they were asked for by, and each spec is there once', async (t) => {
  const { cacheDir, options } = await setUp(t);
  const one = await writeProgram(path.join(cacheDir, 'one'), nodeOf('23.4.5'));
  const two = await writeProgram(path.join(cacheDir, 'two'), nodeOf('23.4.5'));
  const nodes = await resolveNodes([one, running, two, one], options);

  t.deepEqual(
    nodes.map(({ label }) => label),
    [one, running, two],
  );
});

test('a version is installed into the cache, with its progress told', async (t) => {
  const { cacheDir, lines, options } = await setUp(t);
  const { install, packages } = fakeInstall('99.12.3');

  t.deepEqual(await resolveNodes(['v99.12'], { ...options, install }), [
    {
      label: '99.12.3',
      path: path.join(cacheDir, 'nodes', '99.12.3', 'bin', 'node'),
      version: '99.12.3',
      libuv: '1.2.3',
      v8: '4.5.6',
    },
  ]);
  t.deepEqual(packages, [`${name}@99.12`]);
  t.deepEqual(lines, ['installing Node 99.12 …', 'installed Node 99.12.3']);
  t.deepEqual(await readdir(path.join(cacheDir, 'nodes')), ['99.12.3']);
});

test('the newest in the cache that fits is used without installing', async (t) => {
  const { cacheDir, lines, options } = await setUp(t);
  for (const version of ['99.9.0', '99.12.3', '99.2.0']) {
    await writeProgram(path.join(cacheDir, 'nodes', version, 'bin', 'node'), nodeOf(version));
  }
  const versionOf = async (spec: string) => (await resolveNodes([spec], options))[0]?.version;

  t.is(await versionOf('99'), '99.12.3');
  t.is(await versionOf('99.2'), '99.2.0');
  t.is(await versionOf('99.9.0'), '99.9.0');
  t.deepEqual(lines, []);
});

test('a version is not taken for one that begins with the same digits', async (t) => {
  const { cacheDir, options } = await setUp(t);
  await writeProgram(path.join(cacheDir, 'nodes', '99.12.3', 'bin', 'node'), nodeOf('99.12.3'));
  const { install, packages } = fakeInstall('99.1.0');

  t.is((await resolveNodes(['99.1'], { ...options, install }))[0]?.version, '99.1.0');
  t.deepEqual(packages, [`${name}@99.1`]);
});

test('two that install the same version at once both get it, whole', async (t) => {
  const { cacheDir, options } = await setUp(t);
  const { install } = fakeInstall('99.0.0');
  let arrived = 0;
  let open: () => void = () => {};
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  const meeting: InstallPackage = async (request) => {
    arrived += 1;
    if (arrived === 2) open();
    await both;
    await install(request);
  };
  const get = () => resolveNodes(['99'], { ...options, install: meeting });

  const [one, two] = await Promise.all([get(), get()]);
  t.deepEqual(one, two);
  t.deepEqual(await readdir(path.join(cacheDir, 'nodes')), ['99.0.0']);
});

test('an install that fails half-way leaves nothing, and is tried anew the next time', async (t) => {
  const { cacheDir, options } = await setUp(t);
  const { install } = fakeInstall('99.0.0');
  const half: InstallPackage = async (request) => {
    await install(request);
    throw new InstallError('ENOTFOUND', 'getaddrinfo ENOTFOUND registry.npmjs.org');
  };
  const { exitCode, message } = await failure(['99'], { ...options, install: half });

  t.is(exitCode, 1);
  t.is(
    message,
    '--node 99: npm could not install it (getaddrinfo ENOTFOUND registry.npmjs.org). Check the network, or name the path of a node binary',
  );
  t.deepEqual(await readdir(path.join(cacheDir, 'nodes')), []);
  t.is((await resolveNodes(['99'], { ...options, install }))[0]?.version, '99.0.0');
});

test('a version that npm does not know is a mistake of the user', async (t) => {
  const { options } = await setUp(t);
  const install = () =>
    Promise.reject(new InstallError('ETARGET', `No matching version found for ${name}@99`));
  const { exitCode, message } = await failure(['99'], { ...options, install });

  t.is(exitCode, 2);
  t.is(
    message,
    `--node 99: npm knows no such Node (No matching version found for ${name}@99). Name a version that exists (24, 22.12.0)`,
  );
});

test('a Node that was installed and does not run is not kept', async (t) => {
  const { cacheDir, options } = await setUp(t);
  const install: InstallPackage = async (request) => {
    const file = path.join(request.folder, 'node_modules', request.name, 'bin', 'node');
    await writeProgram(file, '#!/bin/sh\nexit 127\n');
  };

  t.regex(
    (await failure(['99'], { ...options, install })).message,
    /is not a Node that runs here: it ended with exit code 127/,
  );
  t.deepEqual(await readdir(path.join(cacheDir, 'nodes')), []);
});

test('an interrupt ends an install, and leaves nothing', async (t) => {
  const { cacheDir, options } = await setUp(t);
  const stop = new AbortController();
  const install: InstallPackage = async ({ signal }) => {
    stop.abort(new Error('interrupted'));
    signal?.throwIfAborted();
  };

  await t.throwsAsync(resolveNodes(['99'], { ...options, install, signal: stop.signal }), {
    message: 'interrupted',
  });
  t.deepEqual(await readdir(path.join(cacheDir, 'nodes')), []);
});

test('what a killed bench left long ago is removed, and what another is making is not', async (t) => {
  const { cacheDir, options } = await setUp(t);
  const nodes = path.join(cacheDir, 'nodes');
  for (const folder of ['.installing-old', '.installing-new'])
    await mkdir(path.join(nodes, folder), { recursive: true });
  await utimes(path.join(nodes, '.installing-old'), 0, 0);
  await resolveNodes(['99'], { ...options, ...fakeInstall('99.0.0') });

  t.deepEqual(await readdir(nodes), ['.installing-new', '99.0.0']);
});

test('a cache that cannot be written to is said, with the way out', async (t) => {
  const { cacheDir, options } = await setUp(t);
  const file = await writeProgram(path.join(cacheDir, 'file'), '');
  const { exitCode, message } = await failure(['99'], { ...options, cacheDir: file });

  t.is(exitCode, 1);
  t.regex(
    message,
    /^--node 99: cannot be put into \S+: .*\. Set XDG_CACHE_HOME to a folder that can be written to/,
  );
});

test('a path that is no Node is refused with the reason', async (t) => {
  const { cacheDir, options } = await setUp(t);
  const file = (base: string, content: string) => writeProgram(path.join(cacheDir, base), content);
  const plain = path.join(cacheDir, 'plain');
  await writeFile(plain, 'text', { mode: 0o644 });
  const reasons = [
    [path.join(cacheDir, 'none'), 'there is no file PATH'],
    [cacheDir, 'PATH is a folder'],
    [plain, 'PATH is not executable'],
    [
      await file('fails', '#!/bin/sh\nexit 3\n'),
      'PATH is not a Node that runs here: it ended with exit code 3',
    ],
    [
      await file('talks', '#!/bin/sh\necho hello\n'),
      'PATH is not a Node that runs here: it does not tell its versions',
    ],
    [await file('null', '#!/bin/sh\necho null\n'), 'PATH is not a Node: it does not tell its versions'],
    [
      await file('lost', '#!/no/such/shell\n'),
      'PATH is not a Node that runs here: its loader or interpreter is missing',
    ],
    [
      await file('bun', script({ node: '24.3.0', uv: '1', v8: '1', bun: '1.3.0' })),
      'PATH is Bun and not Node',
    ],
    [
      await file('old', nodeOf('16.20.2')),
      'Node 16.20.2 is older than 18, the oldest that servers can run on',
    ],
  ] as const;
  for (const [spec, reason] of reasons) {
    const { exitCode, message } = await failure([spec], options);
    t.is(exitCode, 2);
    t.is(
      message,
      `--node ${spec}: ${reason.replace('PATH', spec)}. Name a version (24, 22.12.0) or the path of a node binary`,
    );
  }
});

test('a version that is too old is refused before it is installed', async (t) => {
  const { options } = await setUp(t);
  t.regex((await failure(['16.20'], options)).message, /^--node 16\.20: Node 16\.20 is older than 18/);
});

test('a path that is wrong is told before anything is installed', async (t) => {
  const { options } = await setUp(t);
  const { install, packages } = fakeInstall('99.0.0');

  const { message } = await failure(['99', './no-such-node'], { ...options, install });
  t.regex(message, /^--node \.\/no-such-node: there is no file/);
  t.deepEqual(packages, []);
});

test('an npm at work does not outlive a bench that is killed', async (t) => {
  const { cacheDir } = await setUp(t);
  const pidFile = path.join(cacheDir, 'npm.pid');
  await writeProgram(path.join(cacheDir, 'npm'), `#!/bin/sh\necho $$ >'${pidFile}'\nexec sleep 600\n`);
  const nodes = new URL('../../harness/nodes.js', import.meta.url).href;
  const code = `import { resolveNodes } from ${JSON.stringify(nodes)};
    await resolveNodes(['99'], { cacheDir: ${JSON.stringify(cacheDir)}, log: () => {} });`;
  const bench = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, PATH: `${cacheDir}:${process.env.PATH}` },
    stdio: 'ignore',
  });
  t.teardown(() => bench.kill('SIGKILL'));

  let pid = 0;
  await until(async () => {
    pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
    return pid > 0;
  });
  t.true(isAlive(pid));
  bench.kill('SIGKILL');
  await until(() => !isAlive(pid));
});

test.serial('the NODE_OPTIONS of the user do not reach the Nodes that are asked', async (t) => {
  const { cacheDir, options } = await setUp(t);
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = '--no-such-option';
  t.teardown(() => {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
  });
  const answer = nodeOf('23.0.0').replace('#!/bin/sh\n', '#!/bin/sh\n[ -z "$NODE_OPTIONS" ] || exit 9\n');

  const [node] = await resolveNodes([await writeProgram(path.join(cacheDir, 'node'), answer)], options);
  t.is(node?.version, '23.0.0');
});

test('npm keeps the settings that say how to reach a registry, and no others', (t) => {
  const environment = {
    PATH: '/bin',
    HTTPS_PROXY: 'http://proxy',
    NODE_OPTIONS: '--inspect',
    npm_config_registry: 'https://registry',
    NPM_CONFIG_HTTPS_PROXY: 'http://proxy',
    'npm_config_//registry/:_authToken': 'token',
    npm_config_global: 'true',
    npm_config_dry_run: 'true',
    npm_config_prefix: '/elsewhere',
    npm_lifecycle_event: 'npx',
  };
  const {
    NODE_OPTIONS,
    npm_config_global,
    npm_config_dry_run,
    npm_config_prefix,
    npm_lifecycle_event,
    ...kept
  } = environment;

  t.deepEqual(npmEnvironment(environment), kept);
});

test('the reason of an npm that failed is its own, in one line', (t) => {
  const stdout = JSON.stringify({
    error: { code: 'E404', summary: 'Not Found - GET https://r\nmore', detail: '' },
  });
  const { code, message } = npmError({ stdout, stderr: '' });

  t.deepEqual({ code, message }, { code: 'E404', message: 'Not Found - GET https://r' });
  t.is(npmError({ stdout: '', stderr: 'npm: broken\nat x' }).message, 'npm: broken');
  t.is(npmError({ stdout: '', stderr: '' }).message, 'it gave no reason');
});

test('each spec has its Node, the same one where two name one binary', async (t) => {
  const { options } = await setUp(t);
  const found = await resolveEach([`${major}`, running, `${major}`], options);

  t.deepEqual([...found.keys()], [`${major}`, running]);
  t.is(found.get(`${major}`), found.get(running));
  t.is(found.get(running)?.label, running);
});
