import type { ViewRow } from './queries.ts';

export type Value = ViewRow[string] | undefined;

const money = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function isKnown(value: Value): value is string | number {
  return value !== null && value !== undefined && value !== '';
}

/** `1,234.50 USD`, or without a currency where none was told. */
export function moneyText(amount: string | number, currency: Value): string {
  return `${money.format(Number(amount))} ${currency ?? ''}`.trim();
}

/** Sums of an amount by the day that a column tells. */
export function summedByDay(rows: readonly ViewRow[], column: string, amount: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const day = String(row[column]).slice(0, 10);
    sums.set(day, (sums.get(day) ?? 0) + Number(row[amount] ?? 0));
  }
  return sums;
}
