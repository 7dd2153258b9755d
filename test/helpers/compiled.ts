import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const always = [
  '--ignoreConfig',
  '--strict',
  '--target',
  'es2022',
  '--skipLibCheck',
  'false',
  '--types',
  'node',
];

/** What the compiler has to say of `files`, which is nothing where they are right; it writes its output beside them. */
export async function compiled(
  files: readonly string[],
  { cwd, module }: { cwd: string; module: string },
): Promise<string> {
  const ways = ['--module', module, '--typeRoots', `${modules}/@types`];
  try {
    const { stdout } = await promisify(execFile)(`${modules}/.bin/tsc`, [...always, ...ways, ...files], {
      cwd,
    });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}` || String(error);
  }
}
