import { Server } from 'node:net';
import test from 'ava';
import listenArguments from '../../../harness/probe/listen-arguments.cjs';

const { tcpRequest, withChanges } = listenArguments;
const callback = () => {};

/** Every overload of `server.listen` that names a TCP address, and the options form that means the same. */
const overloads: [
  title: string,
  args: unknown[],
  asked: { port: number; host: string | undefined },
  rest?: Record<string, unknown>,
][] = [
  ['()', [], { port: 0, host: undefined }],
  ['(callback)', [callback], { port: 0, host: undefined }],
  ['(undefined, callback)', [undefined, callback], { port: 0, host: undefined }],
  ['(null)', [null], { port: 0, host: undefined }],
  ['(port)', [8080], { port: 8080, host: undefined }],
  ['(port, callback)', [8080, callback], { port: 8080, host: undefined }],
  ['(port, host)', [8080, '::1'], { port: 8080, host: '::1' }],
  ['(port, host, callback)', [8080, '::1', callback], { port: 8080, host: '::1' }],
  ['(port, backlog)', [8080, 16], { port: 8080, host: undefined }, { backlog: 16 }],
  ['(port, backlog, callback)', [8080, 16, callback], { port: 8080, host: undefined }, { backlog: 16 }],
  ['(port, host, backlog)', [8080, '::1', 16], { port: 8080, host: '::1' }, { backlog: 16 }],
  [
    '(port, host, backlog, callback)',
    [0, 'localhost', 16, callback],
    { port: 0, host: 'localhost' },
    { backlog: 16 },
  ],
  ['(port, undefined, backlog)', [8080, undefined, 16], { port: 8080, host: undefined }, { backlog: 16 }],
  ["('port')", ['8080'], { port: 8080, host: undefined }],
  ["('port', host)", ['8080', '::1'], { port: 8080, host: '::1' }],
  ["('0x1F90')", ['0x1F90'], { port: 8080, host: undefined }],
  ["(' 8080 ')", [' 8080 '], { port: 8080, host: undefined }],
  // Node itself refuses it as a port, and does not take it for a path.
  ["('')", [''], { port: 0, host: undefined }],
  ['({port})', [{ port: 8080 }], { port: 8080, host: undefined }],
  ["({port: 'port'})", [{ port: '8080' }], { port: 8080, host: undefined }],
  ['({port: undefined})', [{ port: undefined }], { port: 0, host: undefined }],
  ['({port, host}, callback)', [{ port: 80, host: '::1' }, callback], { port: 80, host: '::1' }],
  [
    '({port, path}), where the port wins',
    [{ port: 80, path: '/tmp/a.sock' }],
    { port: 80, host: undefined },
    { path: '/tmp/a.sock' },
  ],
  ['({port, path: undefined})', [{ port: 80, path: undefined }], { port: 80, host: undefined }],
  [
    '({port, host, backlog, exclusive, ipv6Only})',
    [{ port: 80, host: '::1', backlog: 16, exclusive: true, ipv6Only: true }],
    { port: 80, host: '::1' },
    { backlog: 16, exclusive: true, ipv6Only: true },
  ],
];

const defined = (object: object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

for (const [title, args, asked, rest = {}] of overloads) {
  test(`listen${title} asks for the TCP port that Node gives it`, (t) => {
    t.deepEqual(tcpRequest(args), asked);
  });

  test(`listen${title} with changes keeps the rest, and the callback last`, (t) => {
    const [options, ...after] = withChanges(args, { port: 9000, reusePort: true });

    t.deepEqual(defined(options as object), {
      ...defined({ host: asked.host }),
      ...rest,
      port: 9000,
      reusePort: true,
    });
    t.deepEqual(after, args.includes(callback) ? [callback] : []);
  });
}

const others: [title: string, args: unknown[]][] = [
  ["('/tmp/a.sock')", ['/tmp/a.sock']],
  ["('/tmp/a.sock', callback)", ['/tmp/a.sock', callback]],
  ["('8080.sock')", ['8080.sock']],
  ['({path})', [{ path: '/tmp/a.sock' }]],
  ['({fd})', [{ fd: 3 }]],
  ['(another server)', [new Server()]],
  ['({_handle})', [{ _handle: {} }]],
];

for (const [title, args] of others) {
  test(`listen${title} names no TCP address`, (t) => {
    t.is(tcpRequest(args), undefined);
  });
}

test('changes leave the options of the app as they were', (t) => {
  const options = Object.freeze({ port: 80, host: '::1' });

  t.deepEqual(withChanges([options], { host: '127.0.0.1' }), [{ port: 80, host: '127.0.0.1' }]);
});

test('no change at all asks for what the app asked for', (t) => {
  const [options] = withChanges([8080, '::1', 16], {});

  t.deepEqual(options, { port: 8080, host: '::1', backlog: 16 });
});
