import { readFileSync } from 'node:fs';

/** Whether it runs. One that has ended and that nobody has waited for yet (a zombie, as in many containers) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || !isZombie(pid);
}

/** proc_pid_stat(5): `pid (name) state …`, where the name may hold anything. */
function isZombie(pid: number): boolean {
  try {
    return / [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\)/s, '').slice(0, 3));
  } catch {
    return true;
  }
}
