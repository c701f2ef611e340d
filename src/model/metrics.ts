/** Names of our metrics, beside those of Temporal, which begin with `temporal_`. */
export const METRICS = {
  /** Scans that ended. Tags: `source`, `outcome`. */
  scans: 'vedette_scans_total',
  /** What scans did to events. Tags: `source`, `transition`. */
  events: 'vedette_events_total',
  /** Attempts at the steps of the pipeline, in seconds. Tags: `activityType`, `result`, and `source` for those of a scan. */
  steps: 'vedette_step_duration_seconds',
  /** Messages that were sent or given up. Tags: `kind`, `source`, `result`. */
  emails: 'vedette_emails_total',
  /** Payloads that were received. Tag: `status`, what became of them. */
  payloads: 'vedette_payloads_total',
  /** Accounts that have sent nothing for two days. */
  quietAccounts: 'vedette_quiet_accounts',
} as const;
