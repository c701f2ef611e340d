import addressparser from 'nodemailer/lib/addressparser';
import { z } from 'zod';
import { printable } from '../text/printable.ts';

/** An address, and the name that it is shown with; an empty one for none. */
export interface Mailbox {
  name: string;
  address: string;
}

/** What stands between two separators; in quotes, comments and angle brackets there are none. */
const LIST_ENTRY = /(?:"(?:\\.|[^"\\])*"|\((?:\\.|[^()\\])*\)|<[^<>]*>|[^,;])+/g;
/** `local@domain`; a quoted local part, which many servers refuse, is not taken. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()\\,;:"]+$/;

/** One mailbox as RFC 5322 writes it: `jane@example.com` or `"Doe, Jane" <jane@example.com>`. Gives its text. */
export const mailbox = z
  .string()
  .transform((text) => text.trim())
  .superRefine((text, { addIssue }) => {
    const problem = problemOf(text);
    if (problem !== undefined) addIssue({ code: 'custom', message: problem });
  });

/** A list of them, separated by commas or, as one mail program writes it, semicolons; in YAML also a list. */
export const mailboxes = z.preprocess(
  (value) => (typeof value === 'string' ? entriesOf(value) : value),
  z.array(mailbox).default([]),
);

/** @param text one that `mailbox` has accepted */
export function mailboxOf(text: string): Mailbox | undefined {
  const [only] = addressparser(text, { flatten: true });
  return problemOf(text) === undefined ? only : undefined;
}

function entriesOf(list: string): string[] {
  return (list.match(LIST_ENTRY) ?? []).map((entry) => entry.trim()).filter((entry) => entry !== '');
}

function problemOf(text: string): string | undefined {
  // What could end a header, or an SMTP command.
  const entries = /\p{Cc}/u.test(text) ? [] : addressparser(text);
  if (entries.some(({ group }) => group !== undefined)) {
    return `has a group of addresses, name its members instead: ${printable(text)}`;
  }
  const [only, second] = entries;
  const wellFormed = second === undefined && ADDRESS.test(only?.address ?? '');
  // The parser takes the second of two addresses without a separator for the name of the first.
  const isOne = text.includes('<') || !only?.name?.includes('@');
  if (wellFormed && isOne) return undefined;
  return `has an entry that is not an e-mail address (a name with a comma needs quotes): ${printable(text)}`;
}
