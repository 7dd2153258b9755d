import test from 'ava';
import { paced } from '../../../../harness/doctor/timers.js';

for (const rate of [5000, 20_000, 200_000, 1_000_000])
  test.serial(`at ${rate}/s no wake-up is lost: every schedule comes to its end`, async (t) => {
    const requests = rate / 200;
    for (let time = 0; time < 20; time += 1) t.is((await paced({ rate, requests })).scheduled, requests);
  });
