/** Run a built-in workload's app as any other app: `node serve.js <workload> [argument…]`. */
import type { Workload } from './workload.js';

const [name, ...args] = process.argv.slice(2);
// Its own file and no other: every worker begins with this.
const exported = (await import(`./${name}.js`)) as Record<string, Workload>;
const workload = Object.values(exported).find((each) => each.name === name);
if (workload === undefined) throw new TypeError(`no workload is called ${name}`);
workload.serve(...args);
