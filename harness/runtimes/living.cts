/** Which processes of a group are alive, as targets for `process.kill`. */
import fs = require('node:fs');

/**
 * On Linux the group of `leader`, where one is known, and by the `token` in their environment those that left it (a
 * daemon); zombies are in neither. Elsewhere the group as a whole, as one negative number.
 */
function living(leader: number | undefined, token: string): number[] {
  if (process.platform !== 'linux') return leader !== undefined && groupLives(leader) ? [-leader] : [];
  return fs.readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!(pid > 0) || pid === process.pid) return [];
    const isInGroup = leader !== undefined && groupOf(pid) === leader;
    return isInGroup || environmentOf(pid).includes(token) ? [pid] : [];
  });
}

/** Undefined for a zombie. Source: proc_pid_stat(5), `pid (name) state ppid pgrp …`, where the name may hold anything. */
function groupOf(pid: number): number | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : Number(group);
  } catch {
    return undefined; // It ended.
  }
}

function environmentOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return ''; // It ended, or is another user's.
  }
}

function groupLives(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

export = living;
