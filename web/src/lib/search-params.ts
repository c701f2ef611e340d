/** Search parameters of an address before a page has read them. */
export type RawSearch = Readonly<Record<string, unknown>>;

/**
 * The codec of every address of the dashboard: plain `name=value` pairs and lists between commas, as in the queries of
 * the API, so that one can be read as the other.
 */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The reverse; what is undefined or false, an empty text or an empty list is left out. With its `?`, or empty. */
export function stringifySearch(search: RawSearch): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    const text = valueText(value);
    if (text !== undefined) parameters.set(name, text);
  }
  // Commas and colons may stand in a query as they are, and are easier to read so.
  const query = parameters.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return query === '' ? '' : `?${query}`;
}

function valueText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.join(',');
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || value === true ? String(value) : undefined;
}

/** Readers of one parameter each. What is not understood is as if it were not there. */
export function textIn(search: RawSearch, name: string): string | undefined {
  const value = search[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function listIn(search: RawSearch, name: string): string[] | undefined {
  const items = listWithEmptyIn(search, name)?.filter((item) => item !== '') ?? [];
  return items.length === 0 ? undefined : items;
}

/** A list in which an empty text is a value too: no region. */
export function listWithEmptyIn(search: RawSearch, name: string): string[] | undefined {
  const items = [search[name] ?? []]
    .flat()
    .flatMap((item) => (typeof item === 'string' ? item.split(',') : []));
  return items.length === 0 ? undefined : [...new Set(items.map((item) => item.trim()))];
}

export function choiceIn<Choice extends string>(
  search: RawSearch,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  return choices.find((choice) => choice === search[name]);
}

export function choicesIn<Choice extends string>(
  search: RawSearch,
  name: string,
  choices: readonly Choice[],
): Choice[] | undefined {
  const wanted = listIn(search, name) ?? [];
  const found = choices.filter((choice) => wanted.includes(choice));
  return found.length === 0 ? undefined : found;
}

export function idIn(search: RawSearch, name: string): number | undefined {
  const value = Number(search[name]);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** ISO 8601, as the API takes it; a day alone means its beginning in UTC. */
export function timeIn(search: RawSearch, name: string): string | undefined {
  const time = new Date(textIn(search, name) ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
