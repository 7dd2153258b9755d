import test from 'ava';
import { monotonicMs } from '../../../../harness/clock.js';
import { raw } from '../../../../harness/drivers/raw.js';
import { Recorder } from '../../../../harness/drivers/recorder.js';
import { startDelayingServer } from '../../../helpers/delaying-server.js';
import { jobFor } from '../../../helpers/spell.js';

const http = { kind: 'http', method: 'GET', paths: ['/'], headers: [], body: null } as const;
const loads = [
  ['one after the other', { connections: 1, requests: 300 }],
  ['on 50 connections', { connections: 50, requests: 10_000 }],
  ['at a rate, on 50 connections', { connections: 50, rate: 4000, requests: 2000 }],
] as const;

for (const [title, load] of loads) {
  test.serial(`no request is quicker for the client than the server was with it: ${title}`, async (t) => {
    const server = await startDelayingServer(1, 10);
    t.teardown(server.stop);
    const times: { response: number; service: number }[] = [];
    class Spy extends Recorder {
      override answered(intendedMs: number, sentMs: number, firstByteMs: number | null, atMs: number): void {
        times.push({ response: atMs - intendedMs, service: atMs - sentMs });
        super.answered(intendedMs, sentMs, firstByteMs, atMs);
      }
    }

    await raw.drive(jobFor(server.port, { exchange: http, ...load }), new Spy(monotonicMs, null));

    const held = await server.heldMs();
    t.is(times.length, load.requests);
    t.is(held.length, load.requests);
    t.true(times.every(({ response, service }) => response >= service));
    // Many at a time come in another order; but if each is at least its server's, so is the n-th slowest.
    const isSequential = load.connections === 1;
    const inOrder = (ms: number[]) => (isSequential ? ms : ms.toSorted((a, b) => a - b));
    const [client, truth] = [inOrder(times.map(({ service }) => service)), inOrder(held)];
    t.deepEqual(
      client.filter((ms, index) => ms < (truth[index] ?? Number.POSITIVE_INFINITY)),
      [],
    );
  });
}
