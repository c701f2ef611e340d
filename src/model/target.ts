/** What a target is, and so how to get into it. */
export const TARGET_KINDS = ['aws-profile', 'aws-role', 'gcp-project'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

export const AWS_TARGETS = ['aws-profile', 'aws-role'] as const satisfies readonly TargetKind[];
export type AwsTargetKind = (typeof AWS_TARGETS)[number];

/** A reference to a cloud account: the worker that scans looks up how to get in. */
export interface Target {
  kind: TargetKind;
  /** The profile's name, or that of an account kept in the database. */
  name: string;
  /** Twelve digits, or the id of the project; null when only the scan itself will tell. */
  accountId: string | null;
}

/** Whether a target is an account of AWS, which most of what is done with targets asks for. */
export function isOfAws(target: Target): target is Target & { kind: AwsTargetKind } {
  return (AWS_TARGETS as readonly TargetKind[]).includes(target.kind);
}
