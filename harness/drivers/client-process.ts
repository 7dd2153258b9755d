/**
 * The client process: reads a job per line from stdin, drives it, and writes a spell per line to stdout. It is a
 * process of its own so that its CPU is its own, and it ends with its stdin.
 */
import { performance } from 'node:perf_hooks';
import { monotonicMs } from '../clock.js';
import { jsonLines } from '../runtimes/json-lines.js';
import type { Job } from './driver.js';
import { driverNamed } from './index.js';
import { Recorder } from './recorder.js';

/** Above this share of one core a closed loop measures its client, not the server. */
const saturatedAbove = 0.95;

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const job of jsonLines<Job>(process.stdin)) {
  const driver = await driverNamed(job.driver);
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const recorder = new Recorder(monotonicMs, job.durationMs);
  await driver.drive(job, recorder);
  const { user, system } = process.cpuUsage(cpu);
  const { utilization } = performance.eventLoopUtilization(loop);
  const usage = {
    cpuSeconds: (user + system) / 1e6,
    eventLoopUtilization: utilization,
    saturated: utilization > saturatedAbove,
  };
  process.stdout.write(`${JSON.stringify(recorder.finish(usage))}\n`);
}
