import type { ReactNode } from 'react';
import { AccountName, ShortName } from '../../../components/account-name.tsx';
import { Plain } from '../../../components/text.tsx';
import { dayText } from '../../../lib/format.ts';
import type { ViewRow } from './queries.ts';
import { isKnown, moneyText } from './values.ts';
import type { Value } from './values.ts';

/** What cells of panels hold, by columns of a view; what is not known is a dash, and left out on a phone. */

type OfRow = (row: ViewRow) => ReactNode;

export function Unknown() {
  return <span className="muted nothing">–</span>;
}

/** A name that may be long, in one line. */
export function text(column: string): OfRow {
  return (row) => ifKnown(row[column], (value) => <ShortName>{value}</ShortName>);
}

/** A sentence, with all its words. */
export function whole(column: string): OfRow {
  return (row) => ifKnown(row[column], (value) => <Plain>{value}</Plain>);
}

/** One of a few values, in words that read better. */
export function worded(column: string, words: Readonly<Record<string, string>>): OfRow {
  return (row) => ifKnown(row[column], (value) => words[value] ?? <Plain>{value}</Plain>);
}

/** `12 Nov`, with the year where it is another one. */
export function day(column: string): OfRow {
  return (row) =>
    ifKnown(row[column], (value) => {
      const date = value.slice(0, 10);
      const isThisYear = date.startsWith(`${new Date().getUTCFullYear()}-`);
      return (
        <time dateTime={date}>
          {dayText(date)}
          {!isThisYear && ` ${date.slice(0, 4)}`}
        </time>
      );
    });
}

export function money(amount: string, currency?: string): OfRow {
  return (row) =>
    ifKnown(row[amount], (value) => moneyText(value, currency === undefined ? null : row[currency]));
}

/** No score is not a score of nothing. */
export function percent(column: string): OfRow {
  return (row) => (isKnown(row[column]) ? `${row[column]} %` : <span className="muted">not known</span>);
}

/** An account as its own payloads call it, which may be by its number. */
export function account(id: string, name = 'account_name'): OfRow {
  return (row) =>
    ifKnown(row[id], (accountId) => {
      const called = row[name];
      const known = isKnown(called) && called !== accountId ? String(called) : undefined;
      return <AccountName accountId={accountId} name={known} />;
    });
}

function ifKnown(value: Value, shown: (value: string) => ReactNode): ReactNode {
  return isKnown(value) ? shown(String(value)) : <Unknown />;
}
