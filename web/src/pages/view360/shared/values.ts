import { dayText } from '../../../lib/format.ts';
import type { ViewRow } from './queries.ts';

export type Value = ViewRow[string] | undefined;

const money = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `1,234.50 USD`; nothing is said of an amount that is not known. */
export function moneyText(amount: Value, currency: Value): string {
  if (amount === null || amount === undefined) return '–';
  return `${money.format(Number(amount))} ${currency ?? ''}`.trim();
}

/** `+4.2 %` */
export function changeText(percent: Value): string {
  if (percent === null || percent === undefined) return '–';
  const number = Number(percent);
  return `${number > 0 ? '+' : ''}${number.toFixed(1)} %`;
}

/** `12 Nov`, of a day or a time. */
export function dayOf(value: Value): string {
  return typeof value === 'string' ? dayText(value.slice(0, 10)) : '–';
}

export function textOf(value: Value): string {
  return value === null || value === undefined || value === '' ? '–' : String(value);
}

/** Sums by a column, greatest first; nothing is added across currencies. */
export function summedBy(
  rows: readonly ViewRow[],
  column: string,
  amount: string,
): { name: string; currency: string; amount: number }[] {
  const sums = new Map<string, { name: string; currency: string; amount: number }>();
  for (const row of rows) {
    const name = textOf(row[column]);
    const currency = textOf(row['currency']);
    const key = `${name} ${currency}`;
    const known = sums.get(key) ?? { name, currency, amount: 0 };
    known.amount += Number(row[amount] ?? 0);
    sums.set(key, known);
  }
  return [...sums.values()].toSorted((one, other) => other.amount - one.amount);
}
