import { VedetteError } from '../errors.ts';
import { withDueDate } from '../model/due-date.ts';
import type { DuePolicy } from '../model/due-date.ts';
import type { DatedEvent, Event } from '../model/event.ts';
import { scannedProfiles } from '../store/scans/scans.ts';
import { listTargets } from './targets.ts';
import type { AccountSources } from './targets.ts';

/** What the accounts of an organisation are called. */
export interface AccountDirectory {
  /** By account id: the first name that leads there, as `listTargets` has them; else the profile of the newest scan. */
  names: ReadonlyMap<string, string>;
  /** By name: the account's id; null where neither the configuration nor a scan has told it yet. */
  ids: ReadonlyMap<string, string | null>;
}

export async function accountDirectory(
  organizationId: string,
  sources: AccountSources,
): Promise<AccountDirectory> {
  const [targets, scanned] = await Promise.all([
    listTargets(organizationId, sources),
    scannedProfiles(await sources.store(), organizationId),
  ]);
  const names = new Map<string, string>();
  const ids = new Map<string, string | null>();
  const known = targets.map(({ name, accountId }) => ({
    name,
    accountId: accountId ?? scanned.find(({ profile }) => profile === name)?.accountId ?? null,
  }));
  const former = scanned.map(({ profile, accountId }) => ({ name: profile, accountId }));
  for (const { name, accountId } of [...known, ...former]) {
    if ((ids.get(name) ?? null) === null) ids.set(name, accountId);
    if (accountId !== null && !names.has(accountId)) names.set(accountId, name);
  }
  return { names, ids };
}

/**
 * Ids of accounts that are named by id, or by any name that the organisation has for them.
 *
 * @throws VedetteError `account-unknown`
 */
export function accountIdsOf({ ids, names }: AccountDirectory, accounts: readonly string[]): string[] {
  return accounts.map((account) => {
    // The id of a project of Google Cloud looks like a name; what is called so comes first.
    if (isAccountId(account) || (names.has(account) && !ids.has(account))) return account;
    const id = ids.get(account);
    if (id !== undefined && id !== null) return id;
    throw id === null
      ? new VedetteError(
          'account-unknown',
          `The account id of ${JSON.stringify(account)} is not known yet.`,
          {
            remedy: 'Scan it once, or give the account id.',
          },
        )
      : new VedetteError('account-unknown', `No account is named ${JSON.stringify(account)}.`);
  });
}

export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** Something of an account, with what the account is called; null when it has no name here. */
export function withAccountName<Thing extends { accountId: string }>(
  { names }: AccountDirectory,
  thing: Thing,
): Thing & { accountName: string | null } {
  return { ...thing, accountName: names.get(thing.accountId) ?? null };
}

/** Events with what their accounts are called and when they are due, as they are read. */
export async function* datedEvents(
  directory: AccountDirectory,
  due: DuePolicy,
  events: AsyncIterable<Event>,
): AsyncGenerator<DatedEvent> {
  for await (const event of events) yield withDueDate(due, withAccountName(directory, event));
}
