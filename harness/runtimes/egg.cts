/**
 * Starts egg-cluster's master, as it calls it, in this process: `node egg.cjs <egg-cluster's folder> <workers> <home>
 * <app> [argument…]`. Its workers run the app in the place of egg's own server.
 */
import cluster = require('node:cluster');
import events = require('node:events');
import fs = require('node:fs');
import path = require('node:path');

const [, , package_ = '', workers, home = '', app = '', ...args] = process.argv;
// egg-cluster wants a folder with a package for the application, and one for its framework: one is both.
const framework = JSON.stringify(path.join(__dirname, 'egg-framework.cjs'));
fs.mkdirSync(home, { recursive: true });
fs.writeFileSync(path.join(home, 'package.json'), '{"name":"app","version":"1.0.0"}');
fs.writeFileSync(path.join(home, 'index.js'), `module.exports = require(${framework});`);

const Master: new (options: object) => InstanceType<typeof events.EventEmitter> = require(
  path.join(package_, 'lib/master.js'),
);
let master: InstanceType<typeof events.EventEmitter> | undefined;
// A worker counts as started when it listens on the port that egg-cluster knows; the app chooses it.
(cluster as unknown as typeof import('node:cluster').default).once('listening', (_, { port }) => {
  master?.emit('realport', { port });
});
// `env` is what it takes for production, where workers that die are replaced.
master = new Master({ framework: home, baseDir: home, workers: Number(workers), env: 'prod', app, args });
