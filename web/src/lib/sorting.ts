type Key = string | number | null;

/** `-name` sorts from the largest, `name` from the smallest; what is null comes last. */
export function sorted<Row>(
  rows: readonly Row[],
  sort: string | undefined,
  keys: Readonly<Record<string, (row: Row) => Key>>,
): readonly Row[] {
  const name = sort?.replace(/^-/, '') ?? '';
  const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
  if (key === undefined) return rows;
  const direction = sort?.startsWith('-') === true ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'number' && typeof right === 'number') return direction * (left - right);
    return direction * String(left).localeCompare(String(right), 'en');
  });
}

/** What a click on a column's header asks for next. */
export function nextSort(
  current: string | undefined,
  column: string,
  first: 'ascending' | 'descending',
): string {
  const [one, other] = first === 'ascending' ? [column, `-${column}`] : [`-${column}`, column];
  return current === one ? other : one;
}
