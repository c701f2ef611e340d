import { resolve } from 'node:path';
import { ownIdentity } from '../aws/own-identity.ts';
import { VedetteError } from '../errors.ts';
import { childEnvironment } from '../processes/environment.ts';
import type { Config } from '../settings.ts';
import type { TargetAccess } from './access.ts';
import { awsFiles } from './aws-files.ts';
import { awsVariables, ownKeys } from './aws-variables.ts';
import { keptCredentials, signInFailure } from './credentials.ts';
import { signIn } from './profile-credentials.ts';
import { loadAwsConfiguration, profilesBehind } from './profiles.ts';
import type { Sections } from './profiles.ts';
import { profileRemedy } from './sign-in-remedy.ts';

/**
 * The way in of a profile of the AWS configuration: its keys, its role, IAM Identity Center, a web identity or a program.
 * As with all tools of AWS, a profile that says nothing of credentials means those of the machine; but never keys that
 * are in the environment for us, unless it asks for them (`credential_source`).
 *
 * @throws VedetteError `config-invalid` when the AWS configuration cannot be read.
 */
export async function profileAccess(profile: string, config: Config): Promise<TargetAccess> {
  const configuration = await loadAwsConfiguration(config);
  const section = configuration.profiles.get(profile);
  const explain = (cause: unknown): VedetteError =>
    signInFailure(`The profile ${JSON.stringify(profile)} cannot sign in`, cause, (reason) =>
      profileRemedy(profile, reason),
    );
  const region = section?.['region'] ?? null;
  const endpoint = section?.['endpoint_url'] ?? null;
  const variables = {
    ...awsVariables(),
    ...(takesKeysOfEnvironment(profile, configuration.profiles) ? ownKeys(config) : {}),
    ...fileVariables(config),
  };
  const context = {
    configuration,
    own: ownIdentity(config.aws).credentials,
    region,
    endpoint,
    environment: { ...childEnvironment(), ...variables },
  };
  return {
    credentials: keptCredentials(
      () => (section === undefined ? unknownProfile(profile) : signIn(profile, context)),
      explain,
    ),
    region,
    endpoint,
    profile,
    environment: async () => variables,
    explain,
  };
}

/** Without this, the SDK would go on to the credentials of the machine. */
async function unknownProfile(profile: string): Promise<never> {
  throw new VedetteError('credentials', `The AWS configuration has no profile ${JSON.stringify(profile)}.`, {
    remedy: 'vedette profiles list shows the profiles; AWS_CONFIG_FILE names another configuration.',
  });
}

/** Where the files are that the profile is in, for programs. */
function fileVariables(config: Config): Record<string, string> {
  const { configFile, credentialsFile } = awsFiles(config);
  return { AWS_CONFIG_FILE: resolve(configFile), AWS_SHARED_CREDENTIALS_FILE: resolve(credentialsFile) };
}

/** Whether the profile, or one that it builds upon, says that a role is assumed with the keys of the environment. */
export function takesKeysOfEnvironment(profile: string, profiles: Sections): boolean {
  return profilesBehind(profile, profiles).some(
    (name) => profiles.get(name)?.['credential_source'] === 'Environment',
  );
}
