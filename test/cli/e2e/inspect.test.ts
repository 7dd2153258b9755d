import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { Inspection } from '../../../harness/inspect/inspection.js';
import { app, workspace } from '../../helpers/bench.js';
import { thoroughly } from '../../helpers/thorough.js';

async function inspection(t: ExecutionContext, ...args: string[]): Promise<Inspection> {
  const { bench } = await workspace(t);
  const { code, stdout, stderr } = await bench(['inspect', '--json', ...args]);
  t.deepEqual([code, stderr], [0, '']);
  return JSON.parse(stdout);
}

const roles = ({ processes }: Inspection) =>
  processes.map(({ role, slot }) => (slot === undefined ? role : slot));
const acts = ({ messages }: Inspection, slot: number) =>
  messages.flatMap((message) => (message.slot === slot ? [message.what] : []));

test.serial('round robin: the primary alone listens, and hands every connection over', async (t) => {
  const found = await inspection(t, '-p', 'rr');

  t.deepEqual(roles(found), ['primary', 0, 1]);
  const [primary, ...workers] = found.processes;
  t.is(primary?.listens.length, 1);
  t.true(workers.every(({ parent, listens }) => parent === primary?.pid && listens.length === 0));
  if (process.platform === 'linux')
    t.true(
      found.processes.every(({ command, descriptors }) => command !== '' && (descriptors?.files ?? 0) > 0),
    );
  t.deepEqual(acts(found, 0).slice(0, 4), ['online', 'queryServer', 'ack', 'listening']);
  t.is(found.messages.filter(({ what, withHandle }) => what === 'newconn' && withHandle).length, 6);
  t.is(found.messages.filter(({ accepted }) => accepted === true).length, 6);
  t.true(found.messages.every(({ atMs }, index, all) => atMs >= (all[index - 1]?.atMs ?? 0)));
  t.deepEqual(found.accepted.toSorted(), [0, 0, 0, 1, 1, 1]);
  t.like(found.handOff, { latency: { count: 6 }, refusals: 0 });
});

test.serial('a shared socket is in every process, and connections need no message', async (t) => {
  const found = await inspection(t, '-p', 'shared', '-w', '3', '-c', '4');

  t.deepEqual(roles(found), ['primary', 0, 1, 2]);
  t.is(new Set(found.processes.flatMap(({ listens }) => listens)).size, 1);
  t.true(found.processes.every(({ listens }) => listens.length === 1));
  t.false(found.messages.some(({ what }) => what === 'newconn'));
  t.is(found.accepted.length, 4);
  t.is(found.handOff, undefined);
});

test.serial('our own cluster is shown too', async (t) => {
  const strict = await inspection(t, '-p', 'strict');
  t.is(strict.messages.filter(({ what, withHandle }) => what === 'connection' && withHandle).length, 6);
  t.deepEqual(strict.accepted, [0, 1, 0, 1, 0, 1]);
});

thoroughly('an agent, and a server of one process, are shown too', async (t) => {
  t.deepEqual(roles(await inspection(t, '-p', 'egg')), ['primary', 'agent', 0, 1]);

  const single = await inspection(t, '-p', 'single', app('http.mjs'));
  t.deepEqual([roles(single), single.messages, single.accepted], [[0], [], [0, 0, 0, 0, 0, 0]]);
});

test.serial('what it prints fits 80 columns, and names who listens', async (t) => {
  const { bench } = await workspace(t);
  const { code, stdout } = await bench(['inspect']);

  t.is(code, 0);
  t.true(stdout.split('\n').every((line) => [...line].length <= 80));
  t.regex(stdout, /^the connect workload under rr · Node /);
  t.regex(stdout, /^round-robin, as rr promises$/m);
  t.regex(stdout, /^ {2}\d+ primary +listens: socket \d+ /m);
  t.regex(stdout, /^ {4}\d+ worker, slot 0 /m);
  t.regex(stdout, /^ +[\d.]+ ms {2}primary → slot [01] {2}newconn +with a handle$/m);
  t.regex(stdout, /^hand-off: p50 .* · 0 refused$/m);
});

test.serial('it looks at one server, and takes no flag of measuring', async (t) => {
  const { bench } = await workspace(t);
  const two = await bench(['inspect', '-p', 'rr,shared']);
  t.deepEqual(
    [two.code, two.stderr],
    [2, 'bench: --policy rr,shared: bench inspect looks at one; leave the others out\n'],
  );
  const measuring = await bench(['inspect', '--runs', '3']);
  t.is(measuring.code, 2);
  t.regex(measuring.stderr, /^bench: --runs: bench inspect takes --policy and /);
});

test.serial('what a file of --config says of measuring changes nothing', async (t) => {
  const { bench, cwd } = await workspace(t);
  const config = path.join(cwd, 'bench.json');
  await writeFile(config, JSON.stringify({ scenario: 'kill', duration: '2s', runs: 3, threads: 2 }));
  const { code, stdout } = await bench(['inspect', '--json', '--config', config]);

  t.is(code, 0);
  const found: Inspection = JSON.parse(stdout);
  t.deepEqual(found.accepted.toSorted(), [0, 0, 0, 1, 1, 1]);
});
