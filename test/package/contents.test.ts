/** What `npm pack` has packed, and what its installation brings. */
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ofPackage, output, strangersFolder, tarball } from '../helpers/packed.js';

const stranger = strangersFolder();
const modules = () => path.join(stranger.path, 'node_modules');
const installed = (file = '') => path.join(modules(), 'cluster-bench', file);
const json = async (file: string) => JSON.parse(await readFile(file, 'utf8'));
const root = process.cwd();

ofPackage('publint finds nothing', async (t) => {
  t.regex(await output('publint', ['run', '--strict', tarball], root), /All good!/);
});

ofPackage('are-the-types-wrong finds nothing', async (t) => {
  await t.notThrowsAsync(output('attw', [tarball], root));
});

ofPackage('it holds what bench loads, the types, what a reader needs, and nothing else', async (t) => {
  const files = await filesOf(installed());
  const dist = /^dist\/(?:cli|harness|workloads|chunks)\/[\w./-]+\.c?js$/;
  const types = /^dist\/types\/(?:cli|harness|workloads|reports)\/[\w./-]+\.d\.c?ts$/;
  const others = files.filter((file) => !dist.test(file) && !types.test(file));

  t.deepEqual(others.sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/LICENSES.txt',
    'dist/bundled.json',
    'dist/record.schema.json',
    'package.json',
  ]);
});

ofPackage('none of its files names a source map', async (t) => {
  const files = await filesOf(installed());
  const texts = await Promise.all(files.map((file) => readFile(installed(file), 'utf8')));

  t.deepEqual(
    files.filter((_, index) => /^\/\/[#@] sourceMappingURL=/m.test(texts[index] ?? '')),
    [],
  );
});

ofPackage('nothing is run when it is installed', async (t) => {
  const { scripts } = await json(installed('package.json'));
  // npm takes `prepare` for one wherever a package comes from another place than the registry.
  const names = ['preinstall', 'install', 'postinstall', 'prepare'];
  const { packages } = await json(path.join(modules(), '.package-lock.json'));
  const others = Object.keys(packages).filter((name) => packages[name].hasInstallScript);

  t.deepEqual(
    names.filter((name) => name in scripts),
    [],
  );
  t.deepEqual(others, []);
});

ofPackage('installed, with all that it depends on, it takes 30 MB at most', async (t) => {
  const files = await filesOf(modules());
  const blocks = await Promise.all(
    files.map(async (file) => (await lstat(path.join(modules(), file))).blocks),
  );
  const megabytes = (blocks.reduce((sum, each) => sum + each, 0) * 512) / 1e6;
  t.log(`${megabytes.toFixed(1)} MB in ${files.length} files`);

  t.true(megabytes > 0 && megabytes <= 30);
});

async function filesOf(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((each) => !each.isDirectory());
  return files.map((each) => path.relative(folder, path.join(each.parentPath, each.name)));
}
