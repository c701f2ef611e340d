import { resolve } from 'node:path';
import type { AwsCredentialIdentity } from '@smithy/types';
import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import type { TargetAccess } from './access.ts';
import { awsVariables, ownKeys } from './aws-variables.ts';
import { keptCredentials, signInFailure } from './credentials.ts';
import { awsFiles, loadSections, sectionsBehind } from './profiles.ts';
import type { Section, Sections } from './profiles.ts';
import { ANY_REGION, SILENT } from './sdk.ts';
import { profileRemedy } from './sign-in-remedy.ts';

/**
 * The way in of a profile of the AWS configuration: its keys, its role, IAM Identity Center, a web identity or a program.
 * As with all tools of AWS, a profile that says nothing of credentials means those of the machine; but never keys that
 * are in the environment for us, unless it asks for them (`credential_source`).
 *
 * @throws VedetteError `config-invalid` when the AWS configuration cannot be read.
 */
export async function profileAccess(profile: string, config: Config): Promise<TargetAccess> {
  const sections = await loadSections(config);
  const section = sections[profile];
  const explain = (cause: unknown): VedetteError =>
    signInFailure(`The profile ${JSON.stringify(profile)} cannot sign in`, cause, (reason) =>
      profileRemedy(profile, reason),
    );
  return {
    credentials: keptCredentials(
      section === undefined ? () => unknownProfile(profile) : profileCredentials(profile, config, section),
      explain,
    ),
    region: section?.['region'] ?? null,
    endpoint: section?.['endpoint_url'] ?? null,
    profile,
    environment: async () => ({
      ...awsVariables(),
      ...(takesKeysOfEnvironment(profile, sections) ? ownKeys(config) : {}),
      ...fileVariables(config),
    }),
    explain,
  };
}

/** Without this, the SDK would go on to the credentials of the machine. */
async function unknownProfile(profile: string): Promise<never> {
  throw new VedetteError('credentials', `The AWS configuration has no profile ${JSON.stringify(profile)}.`, {
    remedy: 'vedette profiles list shows the profiles; AWS_CONFIG_FILE names another configuration.',
  });
}

/** The SDK is loaded when somebody signs in: most scans are those of programs, which do it by themselves. */
function profileCredentials(
  profile: string,
  config: Config,
  section: Section,
): () => Promise<AwsCredentialIdentity> {
  const { region = ANY_REGION, endpoint_url: endpoint } = section;
  // The clients themselves would look into the default files only.
  const where = endpoint === undefined ? {} : { endpoint };
  return async () => {
    const [{ fromNodeProviderChain, fromSSO }, { getDefaultRoleAssumerWithWebIdentity }] = await Promise.all([
      import('@aws-sdk/credential-providers'),
      import('@aws-sdk/client-sts'),
    ]);
    // The chain looks into the default files for IAM Identity Center.
    const signIn = section['sso_account_id'] === undefined ? fromNodeProviderChain : fromSSO;
    const provider = signIn({
      profile,
      ...awsFiles(config),
      ignoreCache: true,
      clientConfig: where,
      roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity({ region, ...where }),
      logger: SILENT,
    });
    return provider();
  };
}

/** Where the files are that the profile is in, for programs. */
function fileVariables({ aws }: Config): Record<string, string> {
  return {
    ...(aws.configFile === undefined ? {} : { AWS_CONFIG_FILE: resolve(aws.configFile) }),
    ...(aws.credentialsFile === undefined
      ? {}
      : { AWS_SHARED_CREDENTIALS_FILE: resolve(aws.credentialsFile) }),
  };
}

/** Whether the profile, or one that it builds upon, says that a role is assumed with the keys of the environment. */
export function takesKeysOfEnvironment(profile: string, sections: Sections): boolean {
  return sectionsBehind(profile, sections).some(
    (name) => sections[name]?.['credential_source'] === 'Environment',
  );
}
