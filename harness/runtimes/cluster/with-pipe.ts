import { ChildProcess } from 'node:child_process';
import type { PipeBinding, PipeHandle } from './pipe-binding.cjs';

/** By which connections go to a worker. */
export interface Way {
  binding: PipeBinding;
  pipe: PipeHandle;
  /** The worker's end. */
  fd: number;
}

interface NativeProcess {
  spawn(...args: unknown[]): number;
}

/**
 * What `fork` makes, with one more pipe to it, over which handles can travel. Node makes but one such pipe, its channel, and
 * over what `stdio` asks for none can go. No way where Node asks libuv for a process otherwise than is known.
 */
export function withPipe(
  binding: PipeBinding,
  fork: () => ChildProcess,
): { child: ChildProcess; way: Way | undefined } {
  const pipe = binding.pipe();
  let fd: number | undefined;
  const prototype = ChildProcess.prototype as unknown as { spawn(...args: unknown[]): unknown };
  const { spawn } = prototype;
  prototype.spawn = function spawnWithPipe(this: { _handle: NativeProcess }, ...given) {
    const { _handle: native } = this;
    native.spawn = (...args) => {
      Reflect.deleteProperty(native, 'spawn');
      return native.spawn(
        ...args.map((arg) => {
          const stdio = stdioOf(arg);
          if (stdio === undefined) return arg;
          fd = stdio.length;
          const extended = [...stdio, { type: 'pipe', handle: pipe }];
          return arg === stdio ? extended : { ...(arg as object), stdio: extended };
        }),
      );
    };
    return Reflect.apply(spawn, this, given);
  };
  try {
    const child = fork();
    if (fd === undefined) pipe.close();
    return { child, way: fd === undefined ? undefined : { binding, pipe, fd } };
  } finally {
    prototype.spawn = spawn;
  }
}

/** Of one object with everything in it, or as an argument of its own (some 24, 26): lib/internal/child_process.js. */
function stdioOf(arg: unknown): object[] | undefined {
  const stdio = Array.isArray(arg) ? arg : (arg as { stdio?: unknown } | undefined)?.stdio;
  const isStdio = Array.isArray(stdio) && stdio.length > 0 && stdio.every((each) => Object(each).type);
  return isStdio ? stdio : undefined;
}
