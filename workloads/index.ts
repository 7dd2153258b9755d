import { burst } from './burst.js';
import { connect } from './connect.js';
import { cpu } from './cpu.js';
import { echo } from './echo.js';
import { http } from './http.js';
import { httpClose } from './http-close.js';
import { longlived } from './longlived.js';
import { tls } from './tls.js';
import { udp } from './udp.js';
import { unix } from './unix.js';
import type { Workload } from './workload.js';

/** Every workload, in the order in which help names them. */
export const workloads: readonly Workload[] = [
  connect,
  burst,
  unix,
  tls,
  echo,
  longlived,
  http,
  httpClose,
  cpu,
  udp,
];

/** The workload of that name. Names are checked where options are read; an unknown one here is a bug. */
export function workloadNamed(name: string): Workload {
  const workload = workloads.find((candidate) => candidate.name === name);
  if (workload === undefined) throw new TypeError(`no workload is called ${name}`);
  return workload;
}
