import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import test from 'ava';
import { listenersFromProc } from '../../harness/listeners/linux.js';
import { parseLsof } from '../../harness/listeners/macos.js';
import { classify, findListeners, type Member } from '../../harness/mechanism.js';
import type { Listener, MechanismName } from '../../harness/record.js';
import { hasIPv6 } from '../helpers/ipv6.js';

const [primary, first, second] = [100, 101, 102];
const members: Member[] = [
  { pid: primary, role: 'primary' },
  { pid: first, role: 'worker' },
  { pid: second, role: 'worker' },
];

/** `{100: 'a', 101: 'b'}`: which process holds which sockets, a letter each. */
function held(byPid: Record<number, string>, among = members): Listener[] {
  return among.flatMap(({ pid, role }) => [...(byPid[pid] ?? '')].map((socket) => ({ pid, role, socket })));
}

const patterns: [title: string, byPid: Record<number, string>, expected: MechanismName][] = [
  ['one socket, in the primary only', { [primary]: 'a' }, 'round-robin'],
  ['one socket, in the primary and every worker', { [primary]: 'a', [first]: 'a', [second]: 'a' }, 'shared'],
  ['a socket of its own in every worker', { [first]: 'a', [second]: 'b' }, 'reuseport'],
  ['no socket at all', {}, 'unknown'],
  ['one socket, in the primary and one of two workers', { [primary]: 'a', [first]: 'a' }, 'unknown'],
  ['one socket, in every worker and not in the primary', { [first]: 'a', [second]: 'a' }, 'unknown'],
  ['a socket in one of two workers', { [first]: 'a' }, 'unknown'],
  [
    'a socket each in the primary and every worker',
    { [primary]: 'c', [first]: 'a', [second]: 'b' },
    'unknown',
  ],
  ['two sockets in the primary', { [primary]: 'ab' }, 'unknown'],
  ['two sockets in one worker and one in the other', { [first]: 'ab', [second]: 'c' }, 'unknown'],
  ['one socket in one worker, and it and another in the other', { [first]: 'a', [second]: 'ab' }, 'unknown'],
  ['two sockets, shared by all', { [primary]: 'ab', [first]: 'ab', [second]: 'ab' }, 'unknown'],
];

for (const [title, byPid, expected] of patterns) {
  test(`${title}: ${expected}`, (t) => {
    t.is(classify(members, held(byPid)), expected);
  });
}

test('one process alone with its socket is single, and without one or with two unknown', (t) => {
  const alone: Member[] = [{ pid: first, role: 'worker' }];

  t.is(classify(alone, held({ [first]: 'a' }, alone)), 'single');
  t.is(classify(alone, []), 'unknown');
  t.is(classify(alone, held({ [first]: 'ab' }, alone)), 'unknown');
});

test('a primary with one worker is told apart by who holds the socket', (t) => {
  const pair = members.slice(0, 2);

  t.is(classify(pair, held({ [primary]: 'a' }, pair)), 'round-robin');
  t.is(classify(pair, held({ [primary]: 'a', [first]: 'a' }, pair)), 'shared');
  t.is(classify(pair, held({ [first]: 'a' }, pair)), 'reuseport');
});

test('a proxy is one where one socket is held by its processes alone, and by all that hold it', (t) => {
  const [master, process] = [200, 201];
  const behind: Member[] = [...members, { pid: master, role: 'proxy' }, { pid: process, role: 'proxy' }];

  t.is(classify(behind, held({ [master]: 'a', [process]: 'a' }, behind)), 'proxy');
  t.is(classify(behind, held({ [process]: 'a' }, behind)), 'proxy');
  for (const byPid of [
    {},
    { [master]: 'a', [process]: 'b' },
    { [master]: 'a', [process]: 'a', [first]: 'a' },
    { [master]: 'a', [primary]: 'a' },
    { [first]: 'a', [second]: 'b' },
  ])
    t.is(classify(behind, held(byPid, behind)), 'unknown');
});

const mixed: [
  title: string,
  vias: Member['via'][],
  byPid: Record<number, string>,
  expected: MechanismName,
][] = [
  ['handed over to every worker', ['handed-over', 'handed-over'], { [primary]: 'a' }, 'userland'],
  ['handed over to one worker only', ['handed-over', undefined], { [primary]: 'a' }, 'unknown'],
  ['sent to every worker', ['sent', 'sent'], { [first]: 'a', [second]: 'a' }, 'handle'],
  [
    'sent, and still held by the parent',
    ['sent', 'sent'],
    { [primary]: 'a', [first]: 'a', [second]: 'a' },
    'shared',
  ],
  ['sent to one worker only', ['sent', undefined], { [first]: 'a', [second]: 'a' }, 'unknown'],
];

for (const [title, vias, byPid, expected] of mixed)
  test(`a socket that is ${title}: ${expected}`, (t) => {
    const told = members.map((member, index) => ({ ...member, via: vias[index - 1] })) as Member[];
    t.is(classify(told, held(byPid)), expected);
  });

test('lsof lists a process and then its sockets', (t) => {
  // lsof -nP -a -p 100,101,102 -iTCP:8000 -sTCP:LISTEN -Fpdn on macOS, where 100 and 101 share a socket.
  const shared = ['d0x2a5d1c9c8f1e6b71', 'n127.0.0.1:8000'];
  const output = ['p100', 'f13', ...shared, 'p101', 'f20', ...shared, ''].join('\n');

  t.deepEqual(parseLsof(output, members, { address: '127.0.0.1', port: 8000 }), [
    { pid: 100, role: 'primary', socket: '0x2a5d1c9c8f1e6b71' },
    { pid: 101, role: 'worker', socket: '0x2a5d1c9c8f1e6b71' },
  ]);
});

test('lsof naming one socket by two descriptors, or another process, changes nothing', (t) => {
  const sockets = (...names: string[]) => names.flatMap((name) => ['f20', `d${name}`, 'n*:8000']);
  const output = ['p101', ...sockets('0xaa', '0xaa', '0xbb'), 'p999', ...sockets('0xcc')].join('\n');

  t.deepEqual(parseLsof(output, members, { address: '::', port: 8000 }), [
    { pid: 101, role: 'worker', socket: '0xaa' },
    { pid: 101, role: 'worker', socket: '0xbb' },
  ]);
});

test('lsof with nothing to say lists nothing', (t) => {
  t.deepEqual(parseLsof('', members, { address: '::', port: 8000 }), []);
});

for (const [address, name] of [
  ['0.0.0.0', '*:8000'],
  ['::', '*:8000'],
  ['127.0.0.1', '127.0.0.1:8000'],
  ['::1', '[::1]:8000'],
] as const) {
  test(`lsof's ${name} is ${address}, and nothing else is`, (t) => {
    const names = [...new Set(['*:8000', '127.0.0.1:8000', '[::1]:8000', `${name}0`])];
    const output = ['p101', ...names.flatMap((each, index) => [`f${index}`, `d${each}`, `n${each}`])].join(
      '\n',
    );

    const found = parseLsof(output, members, { address, port: 8000 });

    t.deepEqual(found, [{ pid: 101, role: 'worker', socket: name }]);
  });
}

const onLinux = process.platform === 'linux' ? test : test.skip;

for (const host of ['127.0.0.1', '0.0.0.0', ...(hasIPv6 ? ['::1', '::'] : [])]) {
  onLinux(
    `the socket that this process listens with on ${host} is found by its address and port`,
    async (t) => {
      const [server, other] = [createServer(), createServer()];
      t.teardown(() => [server, other].forEach((each) => void each.close()));
      await Promise.all([server, other].map((each) => once(each.listen(0, host), 'listening')));
      const at = server.address() as AddressInfo;
      const me: Member = { pid: process.pid, role: 'worker' };

      const found = await findListeners([me], at);

      t.is(found?.length, 1);
      t.like(found?.[0], { pid: process.pid, role: 'worker' });
      t.regex(found?.[0]?.socket ?? '', /^\d+$/);
      t.is(classify([me], found ?? []), 'single');
    },
  );
}

onLinux('a process that has ended holds nothing', (t) => {
  // PIDs end at 4,194,304: proc_sys_kernel(5), pid_max.
  t.deepEqual(listenersFromProc([{ pid: 4_194_305, role: 'worker' }], { address: '0.0.0.0', port: 80 }), []);
});
