import { childEnvironment } from '../processes/environment.ts';
import type { Config } from '../settings.ts';

/** Keys in the environment are our own, and so is the choice of a profile: none of it may decide whose account is scanned. */
const OURS = /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|PROFILE|DEFAULT_PROFILE)$/;

/** The `AWS_…` variables of this process that tell a program how to call AWS, and nothing of who calls. */
export function awsVariables(): Record<string, string> {
  const variables = Object.entries(childEnvironment(['AWS_']));
  return Object.fromEntries(variables.filter(([name]) => name.startsWith('AWS_') && !OURS.test(name)));
}

/** Our own keys as variables, for a program that assumes a target's role with them. */
export function ownKeys({ aws }: Config): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = aws;
  if (accessKeyId === undefined || secretAccessKey === undefined) return {};
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  };
}
