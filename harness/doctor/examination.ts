import type { Environment } from '../record.js';

/** What a machine can measure, and what spoils it. */
export interface Examination {
  environment: Environment;
  facts: MachineFacts;
  checks: Check[];
  /** The most that one thread of the raw client can do, per second, by the CPU that it needs for each; null without a valid trial. */
  ceiling: { requests: number | null; connections: number | null };
  /** How late timers are, µs. */
  timers: { setTimeout: Lateness; pacer: Lateness };
  noise: Noise | null;
}

/** What of a machine bears on a measurement. Null: the platform does not tell. */
export interface MachineFacts
  extends Pick<
    Environment,
    'openFilesLimit' | 'portRange' | 'somaxconn' | 'availableParallelism' | 'cgroupCpuLimit' | 'virtualized'
  > {
  /** Of every CPU that has one; none in most virtual machines. */
  governors: string[];
  /** Sockets in TIME_WAIT. */
  timeWait: number | null;
  /** net.ipv4.tcp_tw_reuse: 0 never, 1 always, 2 on loopback (the kernel's default since 4.19). */
  timeWaitReuse: number | null;
  /** The share of the machine's CPU that other programs took while it was watched. */
  busyShare: number;
}

/** `bad` spoils a measurement; `unknown` is what this platform does not tell. The words are the report's. */
export interface Check {
  name: 'openFiles' | 'ports' | 'backlog' | 'governor' | 'cores' | 'quota' | 'otherLoad' | 'virtualized';
  verdict: 'good' | 'bad' | 'unknown';
}

/** How late a timer is, µs, at these quantiles. */
export interface Lateness {
  p50: number;
  p99: number;
}

/** What trials of one and the same thing tell of the machine they ran on. */
export interface Noise {
  trials: number;
  /** Standard deviation of the logarithm of throughput, from trial to trial. */
  logDeviation: number;
  /** Runs per policy, and the ratio of throughputs less 1 that so many can show. */
  runs: number;
  detectable: number;
}
