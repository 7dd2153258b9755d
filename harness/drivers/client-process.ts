/**
 * The client process: reads a job per line from stdin, drives it, and writes to stdout a line when the load has begun
 * and one with the spell. It is a process of its own so that its CPU is its own, and it ends with its stdin.
 */
import { jsonLines } from '../runtimes/json-lines.js';
import { driveJob } from './drive-job.js';
import type { Job } from './driver.js';
import { driveInThreads } from './threads.js';

const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

tell({ ready: true });
for await (const job of jsonLines<Job>(process.stdin)) {
  const cpu = process.cpuUsage();
  const begun = () => tell({ begun: true });
  const spell = await (job.thread.of === 1 ? driveJob(job, begun) : driveInThreads(job, begun));
  const { user, system } = process.cpuUsage(cpu);
  spell.client.cpuSeconds = (user + system) / 1e6;
  tell(spell);
}
