/** What the purge workflow is started with. */
export interface PurgeInput {
  organizationId: string;
  olderThanMs: number;
}

export interface PurgedCounts {
  /** Resolved events. */
  events: number;
  /** Rows that link events to the findings of a scan. */
  links: number;
}

/** Of one account and source. */
export interface PurgedAccount extends PurgedCounts {
  accountId: string;
  source: string;
}

/** What was removed, or would be: the object `vedette purge -o json` prints. */
export interface PurgeResult extends PurgedCounts {
  /** Everything older than this, ISO 8601 in UTC. */
  before: string;
  dryRun: boolean;
  accounts: readonly PurgedAccount[];
  /** Results of scans that were kept; absent in what earlier versions have recorded. */
  results?: number;
}

export function purgeText({ before, dryRun, events, links, results = 0 }: PurgeResult): string {
  const verb = dryRun ? 'Would remove' : 'Removed';
  const kept = results === 0 ? '' : ` Kept results of ${results} scans, too.`;
  return `${verb} ${events} resolved events and ${links} links of scans from before ${before}.${kept}`;
}
