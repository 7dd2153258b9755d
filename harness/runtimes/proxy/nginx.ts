import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** An nginx on this machine. */
export interface Nginx {
  path: string;
  version: string;
  /** How it comes to carry TCP: built in, by a module that is to be loaded from there, or not at all. */
  stream: 'built-in' | { module: string } | undefined;
}

/** `random two` is of 1.15.1. */
const oldest = [1, 15, 1] as const;
/** Where packages install it, which only root's PATH may name. */
const besidePath = ['/usr/sbin', '/usr/local/sbin'];

let found: { nginx: Nginx | undefined } | undefined;

/** The first on the PATH; looked for once. */
export function findNginx(): Nginx | undefined {
  found ??= { nginx: lookFor() };
  return found.nginx;
}

/** Why it cannot do this, and what to install; undefined where it can. */
export function nginxLacks(nginx: Nginx | undefined, speaks: 'http' | 'tcp' | undefined): string | undefined {
  const install = (packages: string) => `Install it (apt-get install ${packages})`;
  if (nginx === undefined) return `needs nginx, which is not on the PATH. ${install('nginx')}`;
  if (isOlder(nginx.version))
    return `needs nginx ${oldest.join('.')} or newer; ${nginx.path} is ${nginx.version}. ${install('nginx')}`;
  if (speaks === 'tcp' && nginx.stream === undefined)
    return `needs nginx's stream module for what is not plain HTTP. ${install('libnginx-mod-stream')}`;
  return undefined;
}

function lookFor(): Nginx | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...besidePath];
  const path = folders.map((folder) => join(folder, 'nginx')).find((file) => existsSync(file));
  return path === undefined ? undefined : describeNginx(path);
}

/** Undefined where it does not say what it is. */
export function describeNginx(path: string): Nginx | undefined {
  const { stderr = '' } = spawnSync(path, ['-V'], { encoding: 'utf8' });
  const version = /nginx version: \S+\/([\d.]+)/.exec(stderr)?.[1];
  return version === undefined ? undefined : { path, version, stream: streamOf(stderr) };
}

function streamOf(said: string): Nginx['stream'] {
  if (/--with-stream(\s|$)/.test(said)) return 'built-in';
  const folder = /--modules-path=(\S+)/.exec(said)?.[1];
  const module = folder === undefined ? undefined : join(folder, 'ngx_stream_module.so');
  return module !== undefined && existsSync(module) ? { module } : undefined;
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  const index = oldest.findIndex((part, at) => part !== (parts[at] ?? 0));
  return index >= 0 && (parts[index] ?? 0) < (oldest[index] ?? 0);
}
