/** Names of our metrics, beside those of Temporal, which begin with `temporal_`. */
export const METRICS = {
  /** Scans that ended. Tags: `source`, `outcome`. */
  scans: 'vedette_scans_total',
  /** What scans did to events. Tag: `transition`. */
  events: 'vedette_events_total',
  /** Attempts at the steps of the pipeline, in seconds. Tags: `activityType`, `result`. */
  steps: 'vedette_step_duration_seconds',
  /** Messages that were sent or given up. Tags: `kind`, `result`. */
  emails: 'vedette_emails_total',
} as const;
