import type { Driver } from './driver.js';
import { workOf } from './raw/work-of.js';
import { DatagramPlace, lostAfterMs } from './udp/place.js';

const sweepMs = 20;

/** Datagrams over UDP, one at a time on each socket; one that is not answered in time is lost, and is counted. */
export const udp = {
  name: 'udp',
  exchanges: ['datagram'],
  async drive(job, recorder) {
    const work = await workOf(job, recorder);
    const places = new Set<DatagramPlace>();
    await new Promise<void>((resolve) => {
      const sweep = setInterval(() => {
        const nowMs = recorder.now();
        work.sweep(nowMs - job.timeoutMs);
        for (const place of places) place.expire(nowMs - Math.min(lostAfterMs, job.timeoutMs));
      }, sweepMs);
      let unopened = job.connections;
      const spread = {
        job,
        recorder,
        work,
        opened() {
          unopened -= 1;
          if (unopened > 0) return;
          work.start();
          recorder.onBegun();
        },
        finished(place: DatagramPlace) {
          places.delete(place);
          if (places.size > 0) return;
          clearInterval(sweep);
          resolve();
        },
      };
      for (let index = 0; index < job.connections; index += 1) places.add(new DatagramPlace(spread, index));
    });
  },
} satisfies Driver;
