import { resolve } from 'node:path';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { Target } from '../model/target.ts';
import { childEnvironment } from '../processes/environment.ts';
import type { Config } from '../settings.ts';
import { awsFiles, loadSections } from './profiles.ts';

/** How to get into one target. */
export interface TargetAccess {
  /** Valid keys, cached until shortly before they expire. */
  credentials: ReturnType<typeof fromNodeProviderChain>;
  /** The region that the target names, if it names one. */
  region: string | null;
  /** Variables with which a program signs in by itself; what it needs besides is written into the folder. */
  environment(folder: string): Promise<Record<string, string>>;
  /** The profile of the AWS configuration to name, where the target is one. */
  profile: string | null;
}

/** Looks up how to get into a target; signs in when it is first needed. */
export async function openAccess(
  { name }: Target,
  _organizationId: string,
  config: Config,
): Promise<TargetAccess> {
  const { configFile, credentialsFile } = config.aws;
  const section = (await loadSections(config))[name];
  return {
    credentials: fromNodeProviderChain({ profile: name, ...awsFiles(config) }),
    region: section?.['region'] ?? null,
    environment: async () => ({
      ...ownAwsVariables(),
      ...(configFile === undefined ? {} : { AWS_CONFIG_FILE: resolve(configFile) }),
      ...(credentialsFile === undefined ? {} : { AWS_SHARED_CREDENTIALS_FILE: resolve(credentialsFile) }),
    }),
    profile: name,
  };
}

/** A profile may take its keys from the environment (`credential_source`). */
function ownAwsVariables(): Record<string, string> {
  const variables = Object.entries(childEnvironment(['AWS_']));
  return Object.fromEntries(variables.filter(([name]) => name.startsWith('AWS_')));
}
