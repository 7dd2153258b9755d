import type { Plan } from '../record.js';

/** Policies, workers and connections of an inspection, where nobody says: so few that every message can be read. */
export const inspectionDefaults = { policies: ['rr'], workers: [2], connections: 6 };

/** The plan with one server, to which so many connections are opened one after the other, so that what belongs together stands together. */
export function inspectionPlan(plan: Plan, connections = inspectionDefaults.connections): Plan {
  return {
    ...plan,
    requests: connections,
    durationSeconds: null,
    warmupSeconds: 0,
    runs: 1,
    scenario: null,
    threads: 1,
    connections: 1,
    ...(plan.workload !== 'udp' && { requestsPerConnection: 1, driver: 'raw' }),
  };
}
