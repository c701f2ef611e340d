import type { App } from '../../src/api/api.ts';
import type { Access } from '../../src/api/caller.ts';

type JsonSchema = Readonly<Record<string, any>>;

/** One operation of the OpenAPI document. */
export interface DocumentedOperation {
  id: string;
  method: string;
  /** With its parameters in braces, after `/api/v1`. */
  path: string;
  /** The names of what can be asked for after the path. */
  query: readonly string[];
  /** `anyone`, or the action that it is. */
  access: Access;
  changes: boolean;
  /** A small valid body; undefined where it takes none. */
  body: unknown;
}

/** Every operation that the document has, so that a new route is among them by itself. */
export function documentedOperations(app: App): DocumentedOperation[] {
  const { paths = {}, components } = app.swagger() as unknown as JsonSchema;
  return Object.entries(paths as JsonSchema).flatMap(([path, methods]) =>
    Object.entries(methods as JsonSchema).map(([method, operation]) => {
      const schema = operation.requestBody?.content?.['application/json']?.schema as JsonSchema | undefined;
      return {
        id: operation.operationId as string,
        method: method.toUpperCase(),
        path: path.replace('/api/v1', ''),
        query: ((operation.parameters ?? []) as JsonSchema[])
          .filter(({ in: place }) => place === 'query')
          .map(({ name }) => name as string),
        access: (/Action: ([\w-]+)/.exec(operation.description as string)?.[1] ?? 'anyone') as Access,
        changes: method !== 'get',
        body: schema === undefined ? undefined : exampleOf(schema, components.schemas as JsonSchema),
      };
    }),
  );
}

/** The smallest value that a JSON schema allows, of the kinds that ours have. */
function exampleOf(schema: JsonSchema, schemas: JsonSchema): unknown {
  const {
    $ref,
    anyOf,
    oneOf,
    type,
    enum: choices,
    properties = {},
    required = [],
    items = {},
    minItems = 0,
  } = schema;
  if ($ref !== undefined)
    return exampleOf(schemas[String($ref).split('/').at(-1) ?? ''] as JsonSchema, schemas);
  const [first] = (anyOf ?? oneOf ?? []) as JsonSchema[];
  if (first !== undefined) return exampleOf(first, schemas);
  if (choices !== undefined) return choices[0];
  if (type === 'object') {
    return Object.fromEntries(
      (required as string[]).map((name) => [name, exampleOf(properties[name] as JsonSchema, schemas)]),
    );
  }
  if (type === 'array')
    return Array.from({ length: minItems as number }, () => exampleOf(items as JsonSchema, schemas));
  if (type === 'integer' || type === 'number') return 1;
  return type === 'boolean' ? true : 'aaa';
}
