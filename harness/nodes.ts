import { execFile } from 'node:child_process';
import { access, constants, readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type BenchError, usageError } from './errors.js';
import { type InstallPackage, installNode } from './install-node.js';
import { errorCode, systemReason } from './system-error.js';
import { atLeast } from './version.js';

/** A Node that servers can be run on. */
export interface ResolvedNode {
  /** Its version, or what it was asked for by when another has that version too. */
  label: string;
  /** Of the binary; absolute. */
  path: string;
  version: string;
  libuv: string;
  v8: string;
}

export interface NodeOptions {
  /** Folder of cluster-bench in the user's cache. */
  cacheDir?: string;
  /** Told what takes time. */
  log: (line: string) => void;
  signal?: AbortSignal;
  install?: InstallPackage;
}

/**
 * The Nodes that `--node` names, each once, in the order given; the running one when it names none. A spec is a path
 * or a version of which parts may be left out (`24`, `22.12`, `v22.12.0`). A version is the running Node where that
 * fits, else the newest in the cache that fits, without a look at the network (so `24` stays the one that was newest
 * when it was installed), else it is installed there with npm. Every Node but the running one is run once to see what it
 * is.
 * @throws BenchError, exit code 2 for a spec that cannot be, 1 where npm could not install
 */
export async function resolveNodes(specs: readonly string[], options: NodeOptions): Promise<ResolvedNode[]> {
  const asked = specs.length === 0 ? [process.versions.node] : specs;
  return [...new Set((await resolveEach(asked, options)).values())];
}

/** The Node of each spec, in the order given; the same one where specs name one binary. As {@link resolveNodes}. */
export async function resolveEach(
  specs: readonly string[],
  options: NodeOptions,
): Promise<Map<string, ResolvedNode>> {
  const asked = [...new Set(specs)];
  const bySpec = new Map<string, ResolvedNode>();
  // Paths first: a slip in one is told before a download is waited for.
  for (const spec of [...asked.filter((spec) => !digitsOf(spec)), ...asked.filter(digitsOf)])
    bySpec.set(spec, await resolveNode(spec, options));
  // `20,20.20.2` may be one binary.
  const found = asked
    .flatMap((spec) => bySpec.get(spec) ?? [])
    .filter((node, index, all) => all.findIndex(({ path }) => path === node.path) === index)
    .map((node, _, all) => {
      const isAlone = all.filter(({ version }) => version === node.version).length === 1;
      return isAlone ? { ...node, label: node.version } : node;
    });
  const byPath = new Map(found.map((node) => [node.path, node]));
  return new Map(asked.map((spec) => [spec, byPath.get(bySpec.get(spec)?.path ?? '') as ResolvedNode]));
}

const oldestMajor = 18;

async function resolveNode(spec: string, options: NodeOptions): Promise<ResolvedNode> {
  options.signal?.throwIfAborted();
  const digits = digitsOf(spec);
  const binary = digits === undefined ? path.resolve(spec) : await pathOfVersion(spec, digits, options);
  return { label: spec, path: binary, ...(await versionsOf(spec, binary, options.signal)) };
}

/** The `22.12` of `v22.12`; undefined when the spec is a path. */
function digitsOf(spec: string): string | undefined {
  return /^v?(\d+(?:\.\d+){0,2})$/.exec(spec)?.[1];
}

async function pathOfVersion(spec: string, digits: string, options: NodeOptions): Promise<string> {
  if (fits(process.versions.node, digits)) return process.execPath;
  if (Number.parseInt(digits, 10) < oldestMajor) throw tooOld(spec, digits);

  const folder = path.join(options.cacheDir ?? defaultCacheDir(), 'nodes');
  const cached = await newestCached(folder, digits);
  if (cached !== undefined) return binaryIn(folder, cached);
  const check = async (made: string) => (await versionsOf(spec, made, options.signal)).version;
  const version = await installNode({ ...options, spec, digits, folder, check });
  return binaryIn(folder, version);
}

/** Whether the digits of `asked` are those that `version` begins with: `22.1` is not `22.12.0`. */
function fits(version: string, asked: string): boolean {
  return `${version}.`.startsWith(`${asked}.`);
}

/** A version is in the cache only when it is whole: it comes there by a rename. */
async function newestCached(folder: string, digits: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .filter((name) => /^\d+\.\d+\.\d+$/.test(name) && fits(name, digits))
    .reduce<string | undefined>((best, name) => (best && atLeast(best, name) ? best : name), undefined);
}

function binaryIn(folder: string, version: string): string {
  return path.join(folder, version, 'bin', 'node');
}

/** A relative XDG_CACHE_HOME is to be ignored. Source: XDG Base Directory Specification. */
function defaultCacheDir(): string {
  const { XDG_CACHE_HOME: home = '' } = process.env;
  return path.join(path.isAbsolute(home) ? home : path.join(os.homedir(), '.cache'), 'cluster-bench');
}

async function versionsOf(
  spec: string,
  binary: string,
  signal?: AbortSignal,
): Promise<{ version: string; libuv: string; v8: string }> {
  await assertExecutable(spec, binary);
  const isRunning = binary === process.execPath;
  const versions: NodeJS.Dict<string> = isRunning
    ? process.versions
    : await askVersions(spec, binary, signal);
  const { node: version, uv: libuv, v8, bun } = versions;
  if (bun) throw unusable(spec, `${binary} is Bun and not Node`);
  if (!version || !libuv || !v8)
    throw unusable(spec, `${binary} is not a Node: it does not tell its versions`);
  if (!atLeast(version, `${oldestMajor}.0.0`)) throw tooOld(spec, version);
  return { version, libuv, v8 };
}

async function assertExecutable(spec: string, binary: string): Promise<void> {
  try {
    if ((await stat(binary)).isDirectory()) throw unusable(spec, `${binary} is a folder`);
    await access(binary, constants.X_OK);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') throw unusable(spec, `there is no file ${binary}`, error);
    if (code === 'EACCES') throw unusable(spec, `${binary} is not executable`, error);
    throw error;
  }
}

/** Versions by name, strings only; nothing of what a program that is no Node may print. */
async function askVersions(
  spec: string,
  binary: string,
  signal?: AbortSignal,
): Promise<Record<string, string>> {
  // What the user preloads into every Node is not asked here, and may not work in this one.
  const env = { ...process.env, NODE_OPTIONS: undefined };
  try {
    const args = ['-p', 'JSON.stringify(process.versions)'];
    const { stdout } = await promisify(execFile)(binary, args, { env, signal, timeout: 10_000 });
    const versions = Object.entries(Object(JSON.parse(stdout)));
    return Object.fromEntries(
      versions.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw unusable(spec, `${binary} is not a Node that runs here: ${whyNot(error)}`, error);
  }
}

function whyNot(error: unknown): string {
  const { killed, code, signal } = error as { killed?: boolean; code?: unknown; signal?: string };
  if (error instanceof SyntaxError) return 'it does not tell its versions';
  if (killed) return 'it did not answer within 10 s';
  // The file is there, so it is what would load it that is not: another libc, another processor.
  if (code === 'ENOENT') return 'its loader or interpreter is missing';
  if (typeof code === 'number') return `it ended with exit code ${code}`;
  return signal ? `it ended by ${signal}` : systemReason(error);
}

function tooOld(spec: string, version: string): BenchError {
  return unusable(spec, `Node ${version} is older than ${oldestMajor}, the oldest that servers can run on`);
}

function unusable(spec: string, why: string, cause?: unknown): BenchError {
  const wayOut = 'Name a version (24, 22.12.0) or the path of a node binary';
  return usageError('bad-node', `--node ${spec}: ${why}. ${wayOut}`, cause);
}
