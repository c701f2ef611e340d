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
  /** Objects of buckets that jobs have ended with. Tag: `status`. */
  objects: 'vedette_objects_total',
  /** What was read of them, in bytes as they are once unpacked. */
  objectBytes: 'vedette_object_bytes_total',
  /** What was found in them. Tag: `detector`. */
  matches: 'vedette_matches_total',
  /** Payloads that were received. Tag: `status`, what became of them. */
  payloads: 'vedette_payloads_total',
  /** Accounts that have sent nothing for two days. */
  quietAccounts: 'vedette_quiet_accounts',
} as const;
