import * as z from 'zod';
import { runSchema, schemaVersion } from './record.js';

/**
 * The record as JSON Schema (2020-12), for scripts in other languages. Fields that it does not name are allowed, since some may
 * be added within a schema version; what has a default may be absent from older files.
 */
export function recordJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(runSchema, { io: 'input' });
  return {
    $schema,
    title: `The record of a run of cluster-bench, schema version ${schemaVersion}`,
    ...schema,
  };
}
