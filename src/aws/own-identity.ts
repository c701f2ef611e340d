import type { Values } from '../config/setting.ts';
import type { awsSettings } from './settings.ts';

/** Who vedette itself is at AWS. Never who a target is: `accounts/access.ts` gives that. */
export interface OwnIdentity {
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/**
 * What clients of our own services (SES, the bucket of artifacts) are made with: the configured keys or, without them,
 * nothing, so that the AWS SDK looks for the credentials of this machine. No client of a target is made with it; only
 * STS sees it besides, when it lends us a target's role.
 */
export function ownIdentity({
  region,
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: Values<typeof awsSettings>): OwnIdentity {
  const identity: OwnIdentity = region === undefined ? {} : { region };
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    identity.credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  }
  return identity;
}
