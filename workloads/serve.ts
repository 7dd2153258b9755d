/** Run a built-in workload's app as any other app: `node serve.js <workload> [argument…]`. */
import { workloadNamed } from './index.js';

const [name, ...args] = process.argv.slice(2);
workloadNamed(String(name)).serve(...args);
