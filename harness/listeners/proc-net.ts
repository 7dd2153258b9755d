import { closeSync, openSync, readSync } from 'node:fs';

/** A few lines: the kernel writes no more of them than are asked for. */
const chunkBytes = 600;
/** LISTEN, and SYN_RECV, which kernels before 4.4 show beneath the listener. */
const first = ['0A', '03'];

/**
 * The lines of /proc/…/net/tcp or tcp6 about sockets that listen, as lists of fields; none where it cannot be read. They
 * come before all others (`tcp_get_idx` in net/ipv4/tcp_ipv4.c), which may be tens of thousands in TIME_WAIT and are not
 * read: the kernel would take 100 ms to write them out.
 */
export function tcpListenLines(path: string): string[][] {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return [];
  }
  try {
    return readListening(fd);
  } catch {
    return [];
  } finally {
    closeSync(fd);
  }
}

function readListening(fd: number): string[][] {
  const chunk = Buffer.alloc(chunkBytes);
  const found: string[][] = [];
  let cut = '';
  for (let isTitle = true; ; ) {
    const bytes = readSync(fd, chunk);
    const lines = (cut + chunk.toString('latin1', 0, bytes)).split('\n');
    cut = lines.pop() ?? '';
    for (const line of lines) {
      const fields = line.trim().split(/\s+/);
      if (!isTitle && !first.includes(fields[3] ?? '')) return found;
      if (!isTitle && fields[3] === '0A') found.push(fields);
      isTitle = false;
    }
    if (bytes === 0) return found;
  }
}
