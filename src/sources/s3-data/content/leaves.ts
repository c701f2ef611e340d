/** Every text and number in a value, whatever it is made of, a line each. */
export function linesOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Uint8Array) return `${Buffer.from(value).toString()}\n`;
  if (value instanceof Date) return `${Number.isNaN(value.getTime()) ? '' : value.toISOString()}\n`;
  if (Array.isArray(value)) return value.map(linesOf).join('');
  if (typeof value === 'object') return Object.values(value).map(linesOf).join('');
  if (typeof value === 'string') return `${value}\n`;
  if (typeof value === 'number' || typeof value === 'bigint') return `${value}\n`;
  return '';
}
