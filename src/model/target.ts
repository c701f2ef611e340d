/** What a target is, and so how to get into it. */
export const TARGET_KINDS = ['aws-profile', 'aws-role'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** A reference to a cloud account: the worker that scans looks up how to get in. */
export interface Target {
  kind: TargetKind;
  /** The profile's name, or that of an account kept in the database. */
  name: string;
  /** Twelve digits; null when only the scan itself will tell. */
  accountId: string | null;
}
