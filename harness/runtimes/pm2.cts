/**
 * Starts pm2-runtime in this process, whose home PM2_HOME names: `node pm2.cjs <pm2-runtime's file> <workers> <app>
 * [argument…]`.
 */
import cluster = require('node:cluster');
import fs = require('node:fs');
import path = require('node:path');

const [node = '', , runtime = '', workers, given = '', ...args] = process.argv;
const home = process.env.PM2_HOME as string;
const file = path.join(home, 'app.json');
// What has a space in its name pm2 takes for a command of the shell's.
const script = given.includes(' ') ? path.join(home, `app${path.extname(given)}`) : given;
const app = {
  name: 'app',
  script,
  args,
  cwd: process.cwd(),
  instances: Number(workers),
  exec_mode: 'cluster',
};
fs.mkdirSync(home, { recursive: true });
if (script !== given) fs.symlinkSync(given, script);
fs.writeFileSync(file, JSON.stringify({ apps: [app] }));
// pm2 tells its makers of the first start in a home, which a trial's always is, unless there is this file.
fs.writeFileSync(path.join(home, 'touch'), '');
// Node hands a primary's own arguments on to its workers, before those that pm2 has for them.
(cluster as unknown as typeof import('node:cluster').default).setupPrimary({ args: [] });
process.argv = [node, runtime, 'start', file];
require(runtime);
