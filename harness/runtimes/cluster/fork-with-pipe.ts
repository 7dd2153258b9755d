import { ChildProcess, fork } from 'node:child_process';
import type { PipeBinding, PipeHandle } from './pipe-binding.cjs';

/** Where the child finds its end: behind stdin, stdout, stderr and Node's channel. */
const pipeFd = 4;

/** As libuv is told what the child gets (lib/child_process.js, 18–26). */
interface NativeOptions {
  stdio: object[];
}
interface NativeProcess {
  spawn(options: NativeOptions): number;
}

/** By which connections go to a worker. */
export interface Way {
  binding: PipeBinding;
  pipe: PipeHandle;
}

/**
 * As `fork`, with one more pipe over which handles travel, `pipeFd` in the child, whose environment tells it. Node makes but
 * one such pipe, its channel; over what `stdio` asks for no handle can go.
 */
export function forkWithPipe(
  binding: PipeBinding,
  exec: string,
  args: readonly string[],
  environment: (pipeFd: number) => NodeJS.ProcessEnv,
): { child: ChildProcess; way: Way } {
  const pipe = binding.pipe();
  const prototype = ChildProcess.prototype as unknown as { spawn(...args: unknown[]): unknown };
  const { spawn } = prototype;
  prototype.spawn = function withPipe(this: { _handle: NativeProcess }, ...given) {
    const { _handle: native } = this;
    native.spawn = (options) => {
      Reflect.deleteProperty(native, 'spawn');
      return native.spawn({ ...options, stdio: [...options.stdio, { type: 'pipe', handle: pipe }] });
    };
    return Reflect.apply(spawn, this, given);
  };
  try {
    return { child: fork(exec, args, { env: environment(pipeFd) }), way: { binding, pipe } };
  } finally {
    prototype.spawn = spawn;
  }
}
