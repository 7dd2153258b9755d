import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { BenchError, usageError } from './errors.js';
import { launch } from './runtimes/launch.js';
import { errorCode, systemReason } from './system-error.js';

/** Installs `name@version` into `folder`/node_modules; rejects with the installer's reason. */
export type InstallPackage = (request: {
  name: string;
  version: string;
  folder: string;
  signal?: AbortSignal;
}) => Promise<void>;

/** Why an install failed, in the installer's words. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
  /** npm's: `ETARGET`, `E404`, `ENOTFOUND`, … */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Put the newest Node that `digits` allow into `folder`/VERSION and return that version, which `check` reads off the
 * binary. It is made in a folder of its own and put in place by a rename, so that two at once, or one that is interrupted,
 * never leave half a Node there.
 * @throws BenchError, exit code 2 where there is no such version, else 1
 */
export async function installNode({
  spec,
  digits,
  folder,
  check,
  log,
  signal,
  install = installWithNpm,
}: {
  spec: string;
  digits: string;
  folder: string;
  check: (binary: string) => Promise<string>;
  log: (line: string) => void;
  signal?: AbortSignal;
  install?: InstallPackage;
}): Promise<string> {
  if (process.platform === 'win32') {
    throw usageError(
      'bad-node',
      `--node ${spec}: versions are not installed on Windows. Name the path of a node.exe`,
    );
  }
  log(`installing Node ${digits} …`);
  const name = `node-${process.platform}-${process.arch}`;
  try {
    const version = await inTemporary(folder, async (temporary) => {
      await install({ name, version: digits, folder: temporary, signal });
      const made = path.join(temporary, 'node_modules', name);
      const version = await check(path.join(made, 'bin', 'node'));
      await moveInto(made, path.join(folder, version));
      return version;
    });
    log(`installed Node ${version}`);
    return version;
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof BenchError ? error : failed(spec, folder, error);
  }
}

const prefix = '.installing-';
const abandonedMs = 3_600_000;

async function inTemporary<T>(folder: string, make: (temporary: string) => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const temporary = await mkdtemp(path.join(folder, prefix));
  try {
    return await make(temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What a killed bench left. By age, since its PID may be one of another container that shares the cache. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix)) continue;
    const left = path.join(folder, name);
    const { mtimeMs } = await stat(left).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > abandonedMs) await rm(left, { recursive: true, force: true });
  }
}

async function moveInto(made: string, place: string): Promise<void> {
  try {
    await rename(made, place);
  } catch (error) {
    // Another bench was faster, with the same.
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
  }
}

const unknownVersion = ['ETARGET', 'E404', 'EINVALIDTAGNAME'];

function failed(spec: string, folder: string, error: unknown): BenchError {
  const orElse = 'or name the path of a node binary';
  if (!(error instanceof InstallError)) {
    const why = `cannot be put into ${folder}: ${systemReason(error)}`;
    return notInstalled(
      spec,
      `${why}. Set XDG_CACHE_HOME to a folder that can be written to, ${orElse}`,
      error,
    );
  }
  if (unknownVersion.includes(error.code)) {
    const why = `npm knows no such Node (${error.message})`;
    return usageError('bad-node', `--node ${spec}: ${why}. Name a version that exists (24, 22.12.0)`, error);
  }
  const wayOut = error.code === 'ENOENT' ? 'Put npm on the PATH' : 'Check the network';
  return notInstalled(spec, `npm could not install it (${error.message}). ${wayOut}, ${orElse}`, error);
}

function notInstalled(spec: string, why: string, cause: unknown): BenchError {
  return new BenchError('node-not-installed', `--node ${spec}: ${why}`, { cause });
}

/**
 * npm, told everything that matters here: the user's settings may be those of an `npx` around us, and only what says how
 * to reach a registry is kept of them. It runs under a guardian, so that it does not outlive a bench that is killed.
 */
const installWithNpm: InstallPackage = async ({ name, version, folder, signal }) => {
  const flags = '--ignore-scripts --no-save --no-package-lock --no-audit --no-fund --no-global --no-dry-run';
  const network = '--fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-timeout=60000';
  const args = ['install', '--prefix', folder, '--json', '--install-strategy=hoisted', '--loglevel=error'];
  const npm = await launch({
    command: 'npm',
    args: [...args, ...flags.split(' '), ...network.split(' '), `${name}@${version}`],
    cwd: folder,
    env: npmEnvironment(process.env),
  }).catch((error) => {
    throw new InstallError('ENOENT', error.message);
  });
  const told = readAll(npm.stdout);
  const kill = () => npm.stop(0);
  signal?.addEventListener('abort', kill);
  try {
    if (signal?.aborted) await kill();
    const { code } = await npm.exited;
    await npm.stop(0);
    if (code !== 0) throw npmError({ stdout: await told, stderr: npm.lastWords().join('\n') });
  } finally {
    signal?.removeEventListener('abort', kill);
  }
};

const registrySettings =
  /^npm_config_(\/\/.*|registry|(https?_)?proxy|noproxy|cafile|ca|strict_ssl|cache|userconfig|globalconfig)$/i;

/** `environment` without NODE_OPTIONS and without the npm settings that are not about the registry. @internal */
export function npmEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => name !== 'NODE_OPTIONS' && (!/^npm_/i.test(name) || registrySettings.test(name)),
  );
  return Object.fromEntries(kept);
}

/** `--json` makes npm tell its error as {error: {code, summary, detail}} on stdout. @internal */
export function npmError({ stdout, stderr }: { stdout: string; stderr: string }): InstallError {
  try {
    const { code, summary } = JSON.parse(stdout.slice(stdout.indexOf('{'))).error;
    return new InstallError(String(code), firstLine(summary).replace(/^\w*Error: /, ''));
  } catch {
    return new InstallError('UNKNOWN', firstLine(stderr) || 'it gave no reason');
  }
}

function firstLine(text: unknown): string {
  return String(text).trim().split('\n')[0]?.trim().replace(/\.$/, '') ?? '';
}
