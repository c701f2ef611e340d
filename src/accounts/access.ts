import type { AwsCredentialIdentity } from '@smithy/types';
import type { VedetteError } from '../errors.ts';
import type { GoogleAccess } from '../gcp/access.ts';

/** How to get into one target: its own credentials, and nobody else's. */
export interface TargetAccess {
  /**
   * Kept until shortly before they run out.
   *
   * @throws VedetteError `credentials`, `config-invalid` or `aws-unreachable`, saying what to do.
   */
  credentials(): Promise<AwsCredentialIdentity>;
  /** The region that the target names, if it names one. */
  region: string | null;
  /** Where AWS is, for targets that are not at AWS itself. */
  endpoint: string | null;
  /**
   * For a program that signs in by itself, for as long as it runs: the variables it needs (`AWS_…`, no other). What it
   * reads besides is written into the folder, for this user alone.
   */
  environment(folder: string): Promise<Record<string, string>>;
  /** The profile to name to such a program. */
  profile: string | null;
  /** Of a project of Google Cloud: how to ask Google; all else of it is of no use there. */
  google?: GoogleAccess;
  /** What it means that AWS refuses these credentials, and what to do about it. */
  explain(cause: unknown): VedetteError;
}
