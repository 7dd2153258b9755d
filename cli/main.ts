#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { BenchError, exitCode, usageError } from '../harness/errors.js';
import { known } from './known.js';
import { listText } from './list.js';
import { type Command, parse } from './parse.js';
import { appearance, print } from './print.js';

/** To load our own modules. */
const enoughFiles = 256;

/** The only place where the process is ended. */
async function main(argv: readonly string[]): Promise<number> {
  try {
    return await dispatch(await parse(argv, known));
  } catch (caught) {
    const error = ofSurroundings(caught);
    if (!(error instanceof BenchError)) throw error;
    await print(
      process.stderr,
      [`bench: ${error.message}`, ...error.details.map((line) => `  ${line}`), ''].join('\n'),
    );
    return error.exitCode;
  }
}

/** What anything may run into, wherever bench is. */
function ofSurroundings(caught: unknown): unknown {
  if (isOutOfFiles(caught)) return outOfFiles(caught);
  if ((caught as NodeJS.ErrnoException)?.syscall !== 'uv_cwd') return caught;
  return usageError('no-folder', 'the folder that you are in is no longer there: change to another', caught);
}

/** So low a limit that our own modules cannot be loaded; of some Node says then that there is no such module. */
function isOutOfFiles(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code === 'EMFILE' || (code === 'ERR_MODULE_NOT_FOUND' && mayOpenFew());
}

function mayOpenFew(): boolean {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return Number(soft) < enoughFiles;
  } catch (error) {
    return isOutOfFiles(error);
  }
}

function outOfFiles(cause: unknown): BenchError {
  const message = "the limit of open files is too low for bench itself: raise it with 'ulimit -n 1024'";
  return usageError('too-few-open-files', message, cause);
}

/** A verb is loaded when it is asked for: help and mistakes need none of them. */
async function dispatch(command: Command): Promise<number> {
  switch (command.verb) {
    case 'run':
      return (await import('./run.js')).runVerb(command.options);
    case 'ab':
      return (await import('./run.js')).abVerb(command.options);
    case 'compare':
      return (await import('./compare.js')).compareVerb(command.base, command.candidate, command.options);
    case 'report':
      return (await import('./report.js')).reportVerb(command.file, command.options);
    case 'history':
      return (await import('./history.js')).historyVerb(command.files, command.options);
    case 'inspect':
      return (await import('./inspect.js')).inspectVerb(command.options);
    case 'doctor':
      return (await import('./doctor.js')).doctorVerb(command.options);
    case 'version':
      await print(process.stdout, `${(await import('../harness/tool.js')).describeTool().version}\n`);
      return exitCode.fine;
    case 'list':
      await print(process.stdout, listText(command.list, known, process.stdout.columns));
      return exitCode.fine;
    case 'help': {
      const { helpText } = await import('./help.js');
      await print(process.stdout, helpText(known, command.about, appearance(command.options)));
      return exitCode.fine;
    }
    case 'completion':
      await print(process.stdout, command.script);
      return exitCode.fine;
  }
}

// A terminal that goes away is told by SIGHUP.
process.stderr.on('error', () => {});
process.exit(await main(process.argv.slice(2)));
