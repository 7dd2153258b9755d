import * as z from 'zod';
import { recordParts } from '../../harness/record-json-schema.js';

interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  prefixItems?: Schema[];
}

/** Of each part, its fields (`a.b`, `a[].b`, `a.*.b`) and the kind of value that each has; `?` where it may be absent. */
export function recordFields(): Record<string, Record<string, string>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(recordParts)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: 'input' });
  return Object.fromEntries(
    Object.keys(recordParts).map((name) => [name, Object.fromEntries(fieldsOf(schemas[name] as Schema))]),
  );
}

function fieldsOf(schema: Schema, path = ''): [field: string, kind: string][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, of]) => {
    const field = path === '' ? name : `${path}.${name}`;
    const optional = schema.required?.includes(name) ? '' : '?';
    return [[field, kindOf(of) + optional], ...inner(of, field)];
  });
}

/** Fields of what is no part of its own. */
function inner(schema: Schema, field: string): [string, string][] {
  const { anyOf = [], items, additionalProperties } = schema;
  return [
    ...fieldsOf(schema, field),
    ...anyOf.flatMap((one) => inner(one, field)),
    ...(items ? inner(items, `${field}[]`) : []),
    ...(typeof additionalProperties === 'object' ? inner(additionalProperties, `${field}.*`) : []),
  ];
}

function kindOf(schema: Schema): string {
  const { $ref, type, anyOf, items, prefixItems, additionalProperties } = schema;
  if ($ref !== undefined) return $ref.replace(/^.*\//, '');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(', ');
  if (Array.isArray(type)) return type.join(' or ');
  if (anyOf) return anyOf.map(kindOf).join(' or ');
  if (prefixItems) return `[${prefixItems.map(kindOf).join(', ')}]`;
  if (type === 'array') return `list of ${kindOf(items ?? {})}`;
  if (type === 'object' && typeof additionalProperties === 'object' && !schema.properties)
    return `map to ${kindOf(additionalProperties)}`;
  return type ?? 'any';
}
