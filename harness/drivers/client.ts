import { fileURLToPath } from 'node:url';
import { BenchError } from '../errors.js';
import { jsonLines } from '../runtimes/json-lines.js';
import type { Launch } from '../runtimes/launch.js';
import type { Job } from './driver.js';
import type { Spell } from './recorder.js';

const clientPath = fileURLToPath(new URL('./client-process.js', import.meta.url));

/** The client process of one trial. */
export interface LoadClient {
  pid: number;
  drive(job: Job): Promise<Spell>;
  stop(): Promise<void>;
}

/**
 * Start a client process; it is idle until it is given a job.
 * @throws BenchError `client-failed` from `drive` when the process ends without an answer
 */
export async function startClient(launch: Launch): Promise<LoadClient> {
  const { NODE_OPTIONS: _theServers, ...env } = process.env;
  const client = await launch({ command: process.execPath, args: [clientPath], env });
  const answers = jsonLines<Spell>(client.stdout);
  const answer = async (): Promise<Spell> => {
    const { value } = await answers.next();
    if (value !== undefined) return value;
    throw new BenchError('client-failed', 'the client process ended before it had an answer', {
      details: client.lastWords(),
    });
  };
  try {
    await answer();
  } catch (error) {
    await client.stop();
    throw error;
  }
  return {
    pid: client.pid,
    drive: (job) => {
      client.stdin.write(`${JSON.stringify(job)}\n`);
      return answer();
    },
    stop: () => client.stop(),
  };
}
