/** One thread of the client: says that it is there, drives the job that it is given, and answers with its spell. */
import { parentPort } from 'node:worker_threads';
import { driveJob } from './drive-job.js';
import type { Job } from './driver.js';

parentPort?.once('message', async (job: Job) => parentPort?.postMessage(await driveJob(job)));
parentPort?.postMessage('ready');
