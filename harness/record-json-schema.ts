import * as z from 'zod';
import * as record from './record.js';
import { recordDescriptions } from './record-descriptions.js';

/** The parts of the record that are told apart, by the names that its reference gives them. */
export const recordParts = {
  Run: record.runSchema,
  Plan: record.planSchema,
  Side: record.sideSchema,
  Environment: record.environmentSchema,
  Trial: record.trialSchema,
  Cell: record.cellSchema,
  Listener: record.listenerSchema,
  Worker: record.workerSchema,
  Client: record.clientSchema,
  Latency: record.latencySchema,
  Histogram: record.histogramSchema,
  Sequence: record.sequenceCountsSchema,
  Timeline: record.timelineSchema,
  Conservation: record.conservationSchema,
  Scenario: record.scenarioSchema,
  Suffered: record.sufferedSchema,
  Warning: record.warningSchema,
  Threshold: record.thresholdSchema,
} as const satisfies Record<keyof typeof recordDescriptions, z.ZodType>;

/**
 * The record as JSON Schema (2020-12), for scripts in other languages. Fields that it does not name are allowed, since some may
 * be added within a schema version; what has a default may be absent from older files.
 */
export function recordJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(record.runSchema, { io: 'input', override: describeFields });
  return {
    $schema,
    title: `The record of a run of cluster-bench, schema version ${record.schemaVersion}`,
    ...schema,
  };
}

type Schema = z.core.JSONSchema.BaseSchema;

/** For zod's conversion, which makes one object of what several fields have in common: each is given its own. */
export function describeFields({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: Schema }): void {
  const part = Object.entries(recordParts).find(([, schema]) => schema === zodSchema)?.[0];
  if (part === undefined) return;
  const descriptions = recordDescriptions[part as keyof typeof recordDescriptions];
  for (const [path, description] of Object.entries(descriptions))
    Object.assign(jsonSchema, described(jsonSchema, path.split(/\.|(?=\[\])/), description));
}

/** The schema with words at a place in it: `[]` leads into a list, `*` into a map, and null is passed by. */
function described(schema: Schema, [step, ...others]: string[], description: string): Schema {
  if (schema.$ref !== undefined) return schema; // It stands elsewhere.
  if (step === undefined) return { ...schema, description };
  const { properties, items, additionalProperties, anyOf } = schema;
  const within = (inner: unknown) => described(inner as Schema, others, description);
  if (step === '[]') return { ...schema, items: within(items) };
  if (step === '*') return { ...schema, additionalProperties: within(additionalProperties) };
  if (properties) return { ...schema, properties: { ...properties, [step]: within(properties[step]) } };
  const [only = {}, ...empty] = anyOf ?? [];
  return { ...schema, anyOf: [described(only as Schema, [step, ...others], description), ...empty] };
}
