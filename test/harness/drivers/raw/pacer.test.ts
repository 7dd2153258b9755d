import test from 'ava';
import { monotonicMs } from '../../../../harness/clock.js';
import { OpenLoop } from '../../../../harness/drivers/raw/open-loop.js';
import { startPacer } from '../../../../harness/drivers/raw/pacer.js';
import { Recorder } from '../../../../harness/drivers/recorder.js';

/** How many arrivals a real pacer has brought when its schedule is over; what is due is taken at once. */
async function arrivalsOf(rate: number, requests: number): Promise<number | undefined> {
  const recorder = new Recorder(monotonicMs, null);
  const thread = { index: 0, of: 1 };
  const schedule = { rate, arrivals: 'constant' as const, durationMs: null, requests, seed: 1, thread };
  const loop = new OpenLoop(schedule, recorder, await startPacer());
  await new Promise<void>((resolve) => {
    const place = {
      index: 0,
      pump() {
        while (loop.take(0, 0) !== undefined);
        if (loop.over) resolve();
        else loop.idle(place);
      },
    };
    loop.idle(place);
    loop.start();
  });
  return recorder.finish({ cpuSeconds: 0, eventLoopUtilization: 0, saturated: false }).client.scheduled;
}

for (const rate of [5000, 20_000, 200_000, 1_000_000])
  test.serial(`at ${rate}/s no wake-up is lost: every schedule comes to its end`, async (t) => {
    for (let time = 0; time < 50; time += 1) t.is(await arrivalsOf(rate, rate / 200), rate / 200);
  });
