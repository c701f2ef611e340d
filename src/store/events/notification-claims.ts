import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../database/store.ts';
import { keyCondition, keyValues } from '../scans/scan-key.ts';
import type { ScanKey } from '../scans/scan-key.ts';

const POLL_MS = 200;
const RENEW_EVERY_MS = 3000;
/** A claim that is not renewed for so long is that of a process that is gone. */
const ABANDONED_AFTER_MS = 20_000;

interface Claim {
  scan_id: number;
  holder: string;
  renewals: number;
}

/**
 * Runs `tell` for a scan while nobody else tells of the events of its account: of two at once, the second waits and finds
 * what the first has left. Where a process has died in the middle of it, nobody knows whether its message is out: `tell`
 * runs first for the scan of that one, whose message has the same id when it is sent again.
 *
 * A claim is a row that its holder renews: so it holds on every database, and between machines. No clocks are compared,
 * whoever waits sees for itself how long the row stays the same.
 *
 * @throws the signal's reason while it waits
 */
export async function withNotificationClaim<Result>(
  store: Store,
  { scanId, ...key }: ScanKey & { scanId: number },
  signal: AbortSignal,
  tell: (scanId: number) => Promise<Result>,
): Promise<Result> {
  const holder = randomUUID();
  const change = (sql: string, ...values: (string | number)[]): Promise<number> =>
    store.session(({ execute }) => execute(sql, values));

  const claimed = await claim(store, key, { scanId, holder }, signal);
  const renewing = setInterval(() => {
    // A database that is away shows in `tell`.
    change('UPDATE vedette_notification_claims SET renewals = renewals + 1 WHERE holder = ?', holder).catch(
      () => undefined,
    );
  }, RENEW_EVERY_MS);
  try {
    if (claimed !== scanId) {
      await tell(claimed);
      await change('UPDATE vedette_notification_claims SET scan_id = ? WHERE holder = ?', scanId, holder);
    }
    return await tell(scanId);
  } finally {
    clearInterval(renewing);
    // One that cannot be removed is abandoned.
    await change('DELETE FROM vedette_notification_claims WHERE holder = ?', holder).catch(() => undefined);
  }
}

/** @returns the scan that the claim is for: the given one, or that of the process that has abandoned it */
async function claim(
  store: Store,
  key: ScanKey,
  { scanId, holder }: { scanId: number; holder: string },
  signal: AbortSignal,
): Promise<number> {
  const insert = store.dialect === 'sqlite' ? 'INSERT OR IGNORE' : 'INSERT IGNORE';
  let seen: Claim | undefined;
  let since = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const isFree = await store.session(({ execute }) =>
      execute(
        `${insert} INTO vedette_notification_claims
          (organization_id, account_id, source, scan_id, holder, renewals)
          VALUES (?, ?, ?, ?, ?, 0)`,
        [...keyValues(key), scanId, holder],
      ),
    );
    if (isFree > 0) return scanId;
    const [other] = await store.read<Claim>(
      `SELECT c.scan_id, c.holder, c.renewals FROM vedette_notification_claims c WHERE ${keyCondition('c')}`,
      keyValues(key),
    );
    if (other?.holder !== seen?.holder || other?.renewals !== seen?.renewals) since = performance.now();
    seen = other;
    if (other !== undefined && performance.now() - since > ABANDONED_AFTER_MS) {
      const taken = await store.session(({ execute }) =>
        execute('UPDATE vedette_notification_claims SET holder = ? WHERE holder = ? AND renewals = ?', [
          holder,
          other.holder,
          other.renewals,
        ]),
      );
      if (taken > 0) return other.scan_id;
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}
