import type { Balancing, ProxySettings } from './settings.js';

/** The address on which every worker listens, where only nginx is to reach it. */
export const workerHost = '127.0.0.1';

/** The same of both kinds but for `ip_hash`, which TCP does not have. */
const directives: Record<Balancing, { http: string; tcp: string }> = {
  'round-robin': { http: '', tcp: '' },
  least_conn: { http: 'least_conn;', tcp: 'least_conn;' },
  'random-two': { http: 'random two least_conn;', tcp: 'random two least_conn;' },
  'ip-hash': { http: 'ip_hash;', tcp: 'hash $remote_addr;' },
};

/**
 * One nginx process before workers on `ports`: one, so that what it chooses is the algorithm's doing and not that of several
 * processes that know nothing of each other. Everything else is nginx's default, but for what would spoil a measurement:
 * no log, no second try at another worker, kept connections that are kept, and websockets.
 */
export function nginxConfig(
  { nginx, balancing, speaks, host, port, folder }: ProxySettings,
  ports: readonly number[],
): string {
  const upstream = [
    'upstream app {',
    directives[balancing][speaks],
    ...ports.map((each) => `server ${workerHost}:${each};`),
    '}',
  ];
  // As in Node, where `::` takes what comes over IPv4 too.
  const listen = `listen ${host.includes(':') ? `[${host}]` : host}:${port}${host === '::' ? ' ipv6only=off' : ''};`;
  const inFolder = (name: string) => `"${`${folder}/${name}`.replaceAll(/["\\]/g, '\\$&')}"`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${inFolder(`nginx-${kind}`)};`,
  );
  const http = [
    'http {',
    'access_log off;',
    ...temporary,
    'keepalive_requests 1000000000;',
    'client_max_body_size 0;',
    'proxy_next_upstream off;',
    ...upstream,
    // Websockets are passed on; a connection to a worker is for one request otherwise, as is nginx's default.
    'map $http_upgrade $for_worker { default upgrade; "" close; }',
    `server { ${listen} location / {`,
    'proxy_pass http://app;',
    'proxy_http_version 1.1;',
    'proxy_set_header Host $http_host;',
    'proxy_set_header Upgrade $http_upgrade;',
    'proxy_set_header Connection $for_worker;',
    '} }',
    '}',
  ];
  const tcp = [
    'stream {',
    'proxy_next_upstream off;',
    ...upstream,
    `server { ${listen} proxy_pass app; }`,
    '}',
  ];
  const isModule = speaks === 'tcp' && typeof nginx.stream === 'object';
  return [
    ...(isModule ? [`load_module "${(nginx.stream as { module: string }).module}";`] : []),
    'daemon off;',
    // Root's nginx would run as somebody else, who may not enter the folder.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    'worker_processes 1;',
    `pid ${inFolder('nginx.pid')};`,
    'error_log stderr error;',
    'events { worker_connections 65536; }',
    ...(speaks === 'http' ? http : tcp),
    '',
  ].join('\n');
}
