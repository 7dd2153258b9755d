import * as z from 'zod';
import type { Exchange, Pattern, WorkloadOptions } from '../workloads/workload.js';
import { assertDefined, callable, called, fileSchema, namedShape } from './definition.js';
import { httpSyntax } from './http-syntax.js';

/** A workload of the user's own: an app together with the way it is driven. */
export interface WorkloadDefinition {
  /** What it goes by in plans, records and reports. */
  name: string;
  /** For people, in half a line. */
  summary?: string;
  /** A server's file: a path, from the working folder, or a URL. Any server will do, as for `bench ./server.js`. */
  app: string | URL;
  /** For the app. */
  args?: readonly string[];
  /** What goes over a connection, or a function of what the plan says of the load that tells it. */
  exchange: ExchangeDefinition | ((options: WorkloadOptions) => ExchangeDefinition);
  /** How many requests a connection carries, unless the plan says; without it as many as there are. */
  requestsPerConnection?: number;
  /** `steady` unless it says otherwise. */
  pattern?: Pattern;
  /** Arrivals per second, unless the plan says; without it the loop is closed. */
  rate?: number;
}

/** What a client does with a connection; what is not said of HTTP is as in the plan. */
export type ExchangeDefinition =
  | {
      kind: 'http';
      method?: string;
      /** Asked for in turns. */
      paths?: readonly string[];
      headers?: Readonly<Record<string, string>>;
      /** Text is sent as UTF-8. */
      body?: string | Uint8Array;
    }
  /** Connect, send the payload if there is one and wait for an answer, half-close, wait for the close. */
  | { kind: 'conversation'; payload?: string }
  /** Keep the connection; send so many bytes (as many as the plan says, unless it is said), read them back, again and again. */
  | { kind: 'echo'; sizeBytes?: number };

const exchangeSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('http'),
      method: z
        .string()
        .regex(httpSyntax.method, 'expected a method in capital letters other than CONNECT')
        .optional(),
      paths: z
        .array(z.string().regex(httpSyntax.path, 'expected a path that begins with / and has no spaces'))
        .min(1)
        .optional(),
      headers: z
        .record(
          z.string().regex(httpSyntax.fieldName, 'expected the name of a header'),
          z.string().regex(httpSyntax.fieldValue, 'expected Latin-1 characters without a line end'),
        )
        .optional(),
      body: z.union([z.string(), z.instanceof(Uint8Array)], 'expected a string or bytes').optional(),
    }),
    z.strictObject({ kind: z.literal('conversation'), payload: z.string().min(1).optional() }),
    z.strictObject({
      kind: z.literal('echo'),
      sizeBytes: z
        .int()
        .min(1)
        .max(2 ** 24)
        .optional(),
    }),
  ],
  'expected http, conversation or echo',
);
const workloadSchema = z
  .strictObject({
    ...namedShape,
    app: fileSchema,
    args: z.array(z.string()).optional(),
    exchange: z.union([exchangeSchema, callable]),
    requestsPerConnection: z.int().positive().optional(),
    pattern: z.enum(['steady', 'bursts', 'uneven']).optional(),
    rate: z.number().positive().max(1e6).optional(),
  })
  .refine(({ pattern, rate }) => pattern !== 'uneven' || rate !== undefined, {
    path: ['pattern'],
    error: 'uneven are the arrivals of an open loop; say a rate',
  })
  .refine(({ pattern, rate }) => pattern !== 'bursts' || rate === undefined, {
    path: ['rate'],
    error: 'bursts open all connections at one instant; leave it out',
  });

/**
 * @param told how messages call it
 * @throws BenchError exit code 2 where it is not as its type says
 */
export function assertWorkload(definition: unknown, told: string): asserts definition is WorkloadDefinition {
  const { exchange } = (definition ?? {}) as Partial<WorkloadDefinition>;
  // First, since of a union nothing is told but that nothing in it fits.
  if (typeof exchange === 'object') assertDefined(exchangeSchema, exchange, `${told}: exchange`);
  assertDefined(workloadSchema, definition, told);
}

/**
 * What the client is to do.
 * @throws BenchError exit code 2 where a function of the user's throws, or tells no exchange
 */
export function exchangeOf({ name, exchange }: WorkloadDefinition, options: WorkloadOptions): Exchange {
  const told = `the workload ${name}`;
  const given = typeof exchange === 'function' ? called(told, 'exchange', () => exchange(options)) : exchange;
  assertDefined(exchangeSchema, given, `${told}: exchange`);
  if (given.kind === 'conversation') return { kind: 'conversation', payload: given.payload ?? null };
  if (given.kind === 'echo') return { kind: 'echo', sizeBytes: given.sizeBytes ?? options.payloadSizeBytes };
  const { method = options.method, paths = options.paths, headers, body } = given;
  return {
    kind: 'http',
    method,
    paths,
    headers: headers === undefined ? options.headers : Object.entries(headers),
    body: body === undefined ? options.body : Buffer.from(body).toString('base64'),
  };
}
