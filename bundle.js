/**
 * Makes dist/, which is what the package holds, of build/, which tsc has made: a process of bench or of a trial loads
 * three files where it would load a hundred. What is run or preloaded by its name keeps that name.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { recordJsonSchema } from './build/harness/record-json-schema.js';

/** All else is bundled, and so no dependency of the package. */
const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
const shared = {
  outbase: 'build',
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'es2022',
  // For coverage only: the package has none.
  sourcemap: process.argv.includes('--sourcemap'),
};
/** Without what libraries tell only their own developers. */
const forUse = { 'process.env.NODE_ENV': '"production"' };
const packageFolder = /(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

const page = await build({
  entryPoints: ['reports/render/html/browser/page.ts'],
  bundle: true,
  minify: true,
  write: false,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  legalComments: 'none',
  // A page goes farther than the package does, without LICENSES.txt.
  banner: { js: '/*! Apache ECharts, Apache-2.0; ZRender, BSD-3-Clause; tslib, 0BSD */' },
  define: forUse,
  metafile: true,
});
// As a module, so that the unbundled report of build/ has it too.
await writeFile(
  'build/reports/render/html/page-script.js',
  `export const pageScript = ${JSON.stringify(page.outputFiles[0].text.trim().replaceAll('</script', '<\\/script'))};\n`,
);

const commands = await build({
  ...shared,
  entryPoints: [
    'build/cli/main.js',
    'build/cli/index.js',
    'build/harness/drivers/client-process.js',
    'build/harness/drivers/client-thread.js',
    'build/harness/drivers/raw/pacer-thread.js',
    'build/harness/runtimes/primary.js',
    'build/harness/runtimes/cluster/primary.js',
    'build/harness/runtimes/proxy/primary.js',
  ],
  external: Object.keys(dependencies),
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  define: forUse,
  // For what is CommonJS among the dependencies.
  banner: {
    js: "import { createRequire as requireFor } from 'node:module';\nconst require = requireFor(import.meta.url);",
  },
  metafile: true,
});
// In one file: every worker begins with it.
await build({ ...shared, entryPoints: ['build/workloads/serve.js'], format: 'esm' });
await build({
  ...shared,
  entryPoints: [
    'build/cli/index.cjs',
    'build/harness/probe/preload.cjs',
    'build/harness/runtimes/arrange.cjs',
    'build/harness/runtimes/cluster/worker.cjs',
    'build/harness/runtimes/egg.cjs',
    'build/harness/runtimes/egg-framework.cjs',
    'build/harness/runtimes/guardian.cjs',
    'build/harness/runtimes/parallelism.cjs',
    'build/harness/runtimes/pm2.cjs',
    'build/harness/runtimes/scenario.cjs',
    'build/harness/runtimes/trace.cjs',
  ],
  // What is required is what is imported.
  external: ['./index.js'],
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
});

const inputs = [commands, page].flatMap(({ metafile }) => Object.keys(metafile.inputs));
const bundled = inputs.flatMap((input) => packageFolder.exec(input)?.[0] ?? []);
const notices = await Promise.all([...new Set(bundled)].sort().map(notice));
await writeFile(
  'dist/bundled.json',
  `${JSON.stringify(Object.fromEntries(notices.map(({ name, version }) => [name, version])))}\n`,
);
await writeFile(
  'dist/LICENSES.txt',
  notices.map(({ name, version, text }) => `${name} ${version}\n\n${text}\n`).join('\n'),
);

await writeFile('dist/record.schema.json', `${JSON.stringify(recordJsonSchema(), null, 2)}\n`);

/** @param {string} folder of a package */
async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const found = await readdir(folder, { withFileTypes: true });
  const files = found.filter((each) => each.isFile() && /^(licen[cs]e|notice)/i.test(each.name));
  const texts = await Promise.all(files.map((each) => readFile(path.join(folder, each.name), 'utf8')));
  return { name, version, text: texts.length > 0 ? texts.join('\n') : `License: ${license}` };
}
