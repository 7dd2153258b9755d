import { planSchema } from '../../harness/record.js';

const { paths, method, headers, bodyFile, requestsPerConnection, pipelining, rate, arrivals, threads } =
  planSchema.shape;
const { fewestRuns, reference, gate, minEffect, sides } = planSchema.shape;
const { clientCpus, serverCpus, localAddresses, insecure, caFile, weights } = planSchema.shape;

/** What a plan says of the load where nothing is asked for: the defaults with which older records are read. */
export const plainLoad = {
  weights: weights.parse(undefined),
  fewestRuns: fewestRuns.parse(undefined),
  reference: reference.parse(undefined),
  gate: gate.parse(undefined),
  minEffect: minEffect.parse(undefined),
  sides: sides.parse(undefined),
  paths: paths.parse(undefined),
  method: method.parse(undefined),
  headers: headers.parse(undefined),
  bodyFile: bodyFile.parse(undefined),
  requestsPerConnection: requestsPerConnection.parse(undefined),
  pipelining: pipelining.parse(undefined),
  rate: rate.parse(undefined),
  arrivals: arrivals.parse(undefined),
  threads: threads.parse(undefined),
  clientCpus: clientCpus.parse(undefined),
  serverCpus: serverCpus.parse(undefined),
  localAddresses: localAddresses.parse(undefined),
  insecure: insecure.parse(undefined),
  caFile: caFile.parse(undefined),
};
