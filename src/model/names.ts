/** Names that workflows, workers and clients share; people see them in Temporal's UI. */
export const WORKFLOWS = {
  scanRun: 'scanRun',
  accountScan: 'accountScan',
  scanSummary: 'scanSummary',
  purge: 'purge',
} as const;

/** Search attributes of our workflows, all of them keywords. */
export const SEARCH_ATTRIBUTES = {
  account: 'VedetteAccount',
  source: 'VedetteSource',
  outcome: 'VedetteOutcome',
  run: 'VedetteRun',
} as const;

/**
 * One id for each account and source: Temporal itself then refuses a second scan of an account while the
 * first one is under way, and an account's history is one search away.
 */
export function accountScanId(source: string, profile: string): string {
  return `scan/${source}/${profile}`;
}

export function scanSummaryId(runId: string): string {
  return `${runId}/summary`;
}
