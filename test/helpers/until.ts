import { setTimeout } from 'node:timers/promises';

/** Wait until `holds`, looking often. */
export async function until(holds: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not so within ${seconds} s: ${holds}`);
    await setTimeout(5);
  }
}
