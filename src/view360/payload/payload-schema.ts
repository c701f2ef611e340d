import { z } from 'zod';
import type { Column } from '../../store/view360/tables.ts';
import { mappings } from './mapping.ts';
import type { Mapping } from './mapping.ts';
import { accountSchema, metaSchema, SECTIONS_OF_VERSION_2 } from './read-envelope.ts';

export const PAYLOAD_SCHEMAS = ['view360-1', 'view360-2', 'vedette.view360-3'] as const;
export type PayloadSchemaName = (typeof PAYLOAD_SCHEMAS)[number];

interface JsonSchema {
  [keyword: string]: unknown;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
}

/**
 * A payload of a version as JSON Schema, for whoever writes senders. It is made from what payloads are read by: what does not match
 * `meta` or `account` rejects the file, what does not match a row leaves the row out.
 */
export function payloadSchema(name: PayloadSchemaName): JsonSchema {
  const isOurs = name === 'vedette.view360-3';
  const lacks = new Set(name === 'view360-1' ? SECTIONS_OF_VERSION_2 : []);
  const root: JsonSchema = { type: 'object', properties: {} };
  for (const mapping of mappings) if (!lacks.has(mapping.section)) place(root, mapping);
  const properties = root.properties as Record<string, JsonSchema>;
  const envelope = z.toJSONSchema(isOurs ? metaSchema : accountSchema, { io: 'input' }) as JsonSchema;
  delete envelope['$schema'];
  const member = isOurs ? 'meta' : 'account';
  properties[member] = {
    ...envelope,
    properties: { ...properties[member]?.properties, ...envelope.properties },
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: name,
    ...root,
    required: [member],
  };
}

/** Puts what a row may have where the rows are. */
function place(root: JsonSchema, { path, table, fields, expand }: Mapping): void {
  let at = root;
  for (const key of path) at = inside(at, key);
  // What one row is made of several is described by its own mapping.
  if (expand !== undefined) return;
  at.type ??= 'object';
  const own = Object.fromEntries(
    table.told
      .filter(({ name }) => fields[name] === undefined)
      .map((column) => [column.name, valueOf(column)]),
  );
  at.properties = { ...own, ...at.properties };
}

function inside(parent: JsonSchema, key: string): JsonSchema {
  if (key === '[]') {
    parent.type = ['array', 'null'] as string[];
    return (parent.items ??= {});
  }
  parent.type ??= ['object', 'null'];
  if (key === '{}') {
    const members = typeof parent.additionalProperties === 'object' ? parent.additionalProperties : {};
    parent.additionalProperties = members;
    return members;
  }
  return ((parent.properties ??= {})[key] ??= {});
}

const DESCRIBED: Readonly<Record<string, readonly [types: readonly string[], description: string]>> = {
  acct: [['string', 'integer'], 'An account id of 12 digits'],
  money: [['string', 'number'], 'An amount, as a decimal text'],
  pct: [['string', 'number'], 'Per cent'],
  ratio: [['string', 'number'], 'A ratio'],
  big: [['integer', 'string'], 'A whole number'],
  int: [['integer', 'string'], 'A whole number'],
  bool: [['boolean', 'integer', 'string'], 'True or false'],
  ts: [['string'], 'A time, ISO 8601'],
  date: [['string'], 'A day, YYYY-MM-DD'],
};

function valueOf({ type }: Column): JsonSchema {
  if (type === 'json') return {};
  const [types, description] = DESCRIBED[type] ?? [['string', 'number', 'boolean'], undefined];
  return {
    type: [...types, 'null'],
    ...(description !== undefined && { description }),
  };
}
