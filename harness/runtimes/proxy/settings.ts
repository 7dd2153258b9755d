import type { Nginx } from './nginx.js';

/** How nginx chooses among the workers. */
export type Balancing = 'round-robin' | 'least_conn' | 'random-two' | 'ip-hash';

/** What the primary of a proxy is told, in CLUSTER_BENCH_PROXY. */
export interface ProxySettings {
  nginx: Nginx;
  balancing: Balancing;
  speaks: 'http' | 'tcp';
  /** Where nginx is to listen: an address or a name; port 0 for any. */
  host: string;
  port: number;
  /** The port that the app asks for by itself. */
  askedPort: number | null;
  /** Private, and removed with the trial. */
  folder: string;
}
