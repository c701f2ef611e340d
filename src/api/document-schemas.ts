type Schemas = Readonly<Record<string, unknown>>;

const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g;
const SUFFIX = 'Input';

/**
 * Leaves out what nothing refers to, of a document that has each schema twice: as it is taken, with a suffix, and as it is
 * given. What is the same both ways, or is used one way only, loses the suffix.
 */
export function tidySchemas<Document extends object>(document: Document): Document {
  const { components, ...rest } = document as { components?: { schemas?: Schemas } };
  const schemas = components?.schemas ?? {};
  const used = reachable(JSON.stringify(rest), schemas);
  const renamed = (name: string): string => {
    const plain = plainName(name);
    return plain === name || !used.has(plain) || isSame(schemas, name, plain) ? plain : name;
  };
  const kept = [...used].toSorted().map((name) => [renamed(name), schemas[name]]);
  const tidy = { ...rest, components: { ...components, schemas: Object.fromEntries(kept) } };
  const text = JSON.stringify(tidy).replaceAll(
    REFERENCE,
    (_, name: string) => `"#/components/schemas/${renamed(name)}"`,
  );
  return JSON.parse(text) as Document;
}

/** The names of all schemas that a text refers to, also through others. */
function reachable(text: string, schemas: Schemas): Set<string> {
  const names = new Set(referencesIn(text));
  for (const name of names) for (const next of referencesIn(JSON.stringify(schemas[name]))) names.add(next);
  return names;
}

function referencesIn(text: string): string[] {
  return [...text.matchAll(REFERENCE)].map(([, name]) => name ?? '');
}

function isSame(schemas: Schemas, one: string, other: string): boolean {
  const plain = (name: string) =>
    JSON.stringify(schemas[name]).replaceAll(REFERENCE, (_, to: string) => plainName(to));
  return plain(one) === plain(other);
}

function plainName(name: string): string {
  return name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : name;
}
