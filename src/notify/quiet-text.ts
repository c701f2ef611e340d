import type { QuietAccount } from '../model/notification.ts';
import { printable } from '../text/printable.ts';

/** So many are named; the dashboard has all. */
const MOST_NAMED = 50;

/** In one line for the subject, and as text. */
export function quietText(accounts: readonly QuietAccount[], publicUrl?: string) {
  const count = accounts.length;
  const lines = accounts
    .slice(0, MOST_NAMED)
    .map(({ accountId, accountName, lastPayloadAt }) =>
      printable(`${lastPayloadAt.slice(0, 16).replace('T', ' ')} UTC  ${accountName} (${accountId})`),
    );
  const more = count - lines.length;
  return {
    title: `${count} ${count === 1 ? 'account has' : 'accounts have'} gone quiet`,
    text: [
      'Nothing was sent for more than two days, so that costs, inventory and compliance of them are as old as that:',
      '',
      ...lines,
      ...(more > 0 ? [`… and ${more} more`] : []),
      '',
      `See whether their senders still run, and may write to the bucket${publicUrl === undefined ? '.' : `: ${publicUrl}/inventory`}`,
    ].join('\n'),
  };
}
