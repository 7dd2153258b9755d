/** The package as `npm pack` makes it, and as a stranger has it. CI names the tarball in BENCH_TEST_PACKAGE. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import test, { type ImplementationFn } from 'ava';

const named = process.env.BENCH_TEST_PACKAGE ?? '';
export const tarball = path.resolve(named);

/** A test of the tarball, or of what is installed from it. */
export function ofPackage(title: string, run: ImplementationFn<[]>): void {
  if (named !== '') test.serial(title, run);
}

if (named === '') test.skip('the tarball is left to CI, which names it in BENCH_TEST_PACKAGE', () => {});

/** A folder where the tarball is installed, for all tests of a file. */
export function strangersFolder(): { path: string } {
  const folder = { path: '' };
  if (named === '') return folder;
  test.before(async (t) => {
    t.timeout(120_000);
    folder.path = await mkdtemp(path.join(tmpdir(), 'cluster-bench-package-'));
    await writeFile(path.join(folder.path, 'package.json'), '{}');
    await output('npm', ['install', tarball], folder.path);
  });
  test.after.always(() => rm(folder.path, { recursive: true, force: true }));
  return folder;
}

/** What a command prints on stdout; rejects with all that it prints where it fails. */
export async function output(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<string> {
  try {
    return (await promisify(execFile)(command, args, { cwd, env: { ...process.env, ...env } })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error });
  }
}
