import { decodeFromCompressedBase64 } from '../hdr.js';
import type { Histogram } from '../record.js';
import { emptyHistogram, encode, toRecord } from './histogram.js';
import type { Spell } from './recorder.js';

type Client = Spell['client'];

/** One spell of several that went on at the same time: counts add up, histograms are merged bucket by bucket. */
export function mergeSpells(spells: readonly Spell[]): Spell {
  const [first] = spells;
  if (first === undefined) throw new TypeError('no spell to merge');
  const all = <T>(of: (spell: Spell) => T | undefined) =>
    spells.map(of).filter((value): value is T & {} => value !== undefined);
  const histograms = (of: (spell: Spell) => Histogram | undefined) => mergeHistograms(all(of));
  const { service } = first.latency;
  const hasFirstByte = spells.some(({ latency }) => latency.firstByte !== undefined);
  const intervals = Math.max(...spells.map(({ response }) => response.length));
  return {
    startedAtMs: Math.min(...spells.map(({ startedAtMs }) => startedAtMs)),
    deadlineMs: Math.max(...spells.map(({ deadlineMs }) => deadlineMs)),
    endedAtMs: Math.max(...spells.map(({ endedAtMs }) => endedAtMs)),
    client: mergeClients(spells.map(({ client }) => client)),
    latency: {
      connect: histograms(({ latency }) => latency.connect),
      response: histograms(({ latency }) => latency.response),
      ...(hasFirstByte && { firstByte: histograms(({ latency }) => latency.firstByte) }),
      ...(service && { service: histograms(({ latency }) => latency.service) }),
    },
    responseIntervalSeconds: first.responseIntervalSeconds,
    response: Array.from({ length: intervals }, (_, interval) =>
      mergeEncoded(all(({ response }) => response[interval])),
    ),
    answeredBy: addCounts(spells.map(({ answeredBy }) => answeredBy)),
  };
}

/** The histogram of all samples of some. */
export function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  const sum = decodeAll(histograms.map(({ hdr }) => hdr));
  // What is decoded knows of its largest value only the bucket.
  return toRecord(sum, Math.max(0, ...histograms.map(({ max }) => max)));
}

function mergeEncoded(histograms: readonly string[]): string {
  return encode(decodeAll(histograms));
}

function decodeAll(encoded: readonly string[]) {
  const sum = emptyHistogram();
  for (const histogram of encoded) sum.add(decodeFromCompressedBase64(histogram, 64));
  return sum;
}

function mergeClients(clients: readonly Client[]): Client {
  const [first] = clients as [Client];
  const sum = (of: (client: Client) => number | undefined) =>
    clients.reduce((total, client) => total + (of(client) ?? 0), 0);
  const open = (): Partial<Client> => {
    if (first.scheduled === undefined) return {};
    const scheduled = sum((client) => client.scheduled);
    const weighted = (of: (client: Client) => number | undefined) =>
      sum((client) => (of(client) ?? 0) * (client.scheduled ?? 0)) / Math.max(1, scheduled);
    return {
      scheduled,
      unsent: sum(({ unsent }) => unsent),
      achieved: weighted(({ achieved }) => achieved),
      sendLag: mergeHistograms(clients.flatMap(({ sendLag }) => sendLag ?? [])),
      sendLagQuartersMs: [0, 1, 2, 3].map((quarter) =>
        weighted(({ sendLagQuartersMs }) => sendLagQuartersMs?.[quarter]),
      ),
    };
  };
  return {
    attempted: sum(({ attempted }) => attempted),
    opened: sum(({ opened }) => opened),
    refused: sum(({ refused }) => refused),
    reset: sum(({ reset }) => reset),
    timedOut: sum(({ timedOut }) => timedOut),
    requestsSent: sum(({ requestsSent }) => requestsSent),
    requestsCompleted: sum(({ requestsCompleted }) => requestsCompleted),
    completedByDeadline: sum(({ completedByDeadline }) => completedByDeadline),
    requestsFailed: sum(({ requestsFailed }) => requestsFailed),
    status: addCounts(clients.map(({ status }) => status)),
    errors: addCounts(clients.map(({ errors }) => errors)),
    ...(first.sockets === undefined ? {} : { sockets: first.sockets }),
    cpuSeconds: 0,
    // Of the busiest thread: it is what limits the client.
    eventLoopUtilization: Math.max(...clients.map(({ eventLoopUtilization }) => eventLoopUtilization)),
    saturated: clients.some(({ saturated }) => saturated),
    gc: {
      pauses: sum(({ gc }) => gc?.pauses),
      totalMs: sum(({ gc }) => gc?.totalMs),
      longestMs: Math.max(...clients.map(({ gc }) => gc?.longestMs ?? 0)),
    },
    ...open(),
  };
}

function addCounts(counts: readonly Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [key, count] of counts.flatMap((each) => Object.entries(each)))
    sum[key] = (sum[key] ?? 0) + count;
  return sum;
}
