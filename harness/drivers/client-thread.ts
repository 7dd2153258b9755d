/** One thread of the client: says that it is there, drives the job that it is given, says that it has begun, and answers with its spell. */
import { parentPort } from 'node:worker_threads';
import { driveJob } from './drive-job.js';
import type { Job } from './driver.js';

const tell = (message: unknown) => parentPort?.postMessage(message);

parentPort?.once('message', async (job: Job) => tell(await driveJob(job, () => tell('begun'))));
tell('ready');
