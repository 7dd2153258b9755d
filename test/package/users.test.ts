/** The package in the hands of its users: on the command line, in programs, to the compiler. */
import { execFile } from 'node:child_process';
import { copyFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { resolveNodes } from '../../harness/nodes.js';
import { compiled } from '../helpers/compiled.js';
import { fixture } from '../helpers/fixture.js';
import { ofPackage, output, strangersFolder, tarball } from '../helpers/packed.js';
import { temporaryFolder } from '../helpers/temporary.js';

const stranger = strangersFolder();
const smallest = ['-p', 'rr,shared', '-w', '2', '-n', '200', '--warmup', '0', '-r', '1'];
const nodes = (process.env.BENCH_TEST_NODES ?? '').split(',').filter((spec) => Number.parseFloat(spec) >= 20);

const kinds = [
  { file: 'imports.mts', made: 'imports.mjs' },
  { file: 'requires.cts', made: 'requires.cjs' },
];
/** Of the compiler: `preserve` looks modules up as bundlers do, and what the last one makes is run. */
const modules = ['preserve', 'node16', 'node18', 'node20', 'nodenext'];

ofPackage('npx runs it from the tarball in an empty folder', async (t) => {
  t.timeout(120_000);
  const [empty, cache] = [await temporaryFolder(t), await temporaryFolder(t)];
  const npx = ['--yes', '--package', tarball, '--', 'bench', ...smallest];

  t.regex(await output('npx', npx, empty, { npm_config_cache: cache }), /^── compared ─/m);
  t.deepEqual(await readdir(empty), ['bench-results']);
});

ofPackage('the command that is installed measures, and reports what it has measured', async (t) => {
  t.is(await output('npx', ['bench', '--version'], stranger.path), `${await version()}\n`);
  await output('npx', ['bench', ...smallest, '-o', 'run.json'], stranger.path);
  const page = await output('npx', ['bench', 'report', 'run.json', '--format', 'html'], stranger.path);
  t.regex(page, /^<!doctype html>/i);
});

for (const { file, made } of kinds) {
  for (const module of modules) {
    ofPackage(`${file} is right to the compiler with --module ${module}`, async (t) => {
      await copyFile(fixture(`package/${file}`), path.join(stranger.path, file));

      t.is(await compiled([file], { cwd: stranger.path, module }), '');
    });
  }

  for (const spec of [process.versions.node, ...nodes]) {
    ofPackage(`${made} runs on Node ${spec} without a warning`, async (t) => {
      const [node] = await resolveNodes([spec], { log: t.log });
      const { stdout, stderr } = await promisify(execFile)(node?.path ?? '', [made], { cwd: stranger.path });

      t.is(stderr, '');
      t.is(stdout, '1\n1\n2\n');
    });
  }
}

async function version(): Promise<string> {
  return JSON.parse(await output('npm', ['pkg', 'get', 'version'], process.cwd()));
}
