import { BenchError } from '../errors.js';
import { longestTimerMs } from '../longest-timer.js';
import { ownFile } from '../own-files.js';
import { jsonLines } from '../runtimes/json-lines.js';
import type { Launch } from '../runtimes/launch.js';
import type { Job } from './driver.js';
import type { Spell } from './recorder.js';

const clientPath = ownFile('harness/drivers/client-process.js');

/** The client process of one trial. */
export interface LoadClient {
  pid: number;
  /** `onBegun` is called when the load has begun, or at the latest when it is over. */
  drive(job: Job, onBegun?: () => void): Promise<Spell>;
  stop(): Promise<void>;
}

type Answer = Spell | { ready: true } | { begun: true };

/** A spell by time is given up so long after all that it may wait for. */
const patienceMs = 10_000;

/**
 * Start a client process; it is idle until it is given a job.
 * @throws BenchError `client-failed` from `drive` when the process ends without an answer, or does not come to an end
 */
export async function startClient(launch: Launch, graceMs = patienceMs): Promise<LoadClient> {
  const { NODE_OPTIONS: _theServers, ...env } = process.env;
  const client = await launch({ command: process.execPath, args: [clientPath], env });
  const answers = jsonLines<Answer>(client.stdout);
  let failure = 'the client process ended before it had an answer';
  const giveUp = () => {
    failure = 'the client went on and on after its time was over, and was ended';
    void client.stop(0);
  };
  // Its stdout may be held open by a process that it left behind.
  const gone = client.exited.then(() => ({ value: undefined }));
  const answer = async (): Promise<Answer> => {
    const { value } = await Promise.race([answers.next(), gone]);
    if (value !== undefined) return value;
    await client.stop(0);
    throw new BenchError('client-failed', failure, {
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
    async drive(job, onBegun) {
      client.stdin.write(`${JSON.stringify(job)}\n`);
      // To open, to send the last that was due, its answer and its close may each take so long.
      const mostMs = (job.durationMs ?? 0) + 4 * job.timeoutMs + graceMs;
      const timer =
        job.durationMs === null ? undefined : setTimeout(giveUp, Math.min(mostMs, longestTimerMs));
      try {
        await answer().finally(onBegun);
        return (await answer()) as Spell;
      } finally {
        clearTimeout(timer);
      }
    },
    stop: () => client.stop(),
  };
}
