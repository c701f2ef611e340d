import type { AwsCredentialIdentity } from '@smithy/types';
import { ownIdentity } from '../aws/own-identity.ts';
import { readEnvironment } from '../config/env.ts';
import type { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import type { Section } from './aws-files.ts';
import { ownKeys } from './aws-variables.ts';
import { keptCredentials, signInFailure } from './credentials.ts';
import { profileAccess, takesKeysOfEnvironment } from './profile-access.ts';
import { loadAwsConfiguration, profilesBehind } from './profiles.ts';
import type { AwsConfiguration } from './profiles.ts';
import { SILENT } from './sdk.ts';
import { ownRemedy } from './sign-in-remedy.ts';

/** A section for programs: `[kind "name"]`. */
export interface ProgramSection {
  kind: 'profile' | 'sso-session';
  name: string;
  settings: Section;
}

/** Who assumes the role of an account that the database knows. */
export interface BaseIdentity {
  credentials(): Promise<AwsCredentialIdentity>;
  /** Where AWS is, for those who are not at AWS itself. */
  endpoint: string | null;
  region: string | null;
  /** What it means that AWS refuses these credentials, and what to do about it. */
  explain(cause: unknown): VedetteError;
  /** The same for a program of AWS's Python libraries: what its section says, the sections that stands for, variables. */
  forPrograms(): Promise<{
    source: Section;
    sections: readonly ProgramSection[];
    variables: Record<string, string>;
  }>;
}

/** What in a section makes credentials. */
const MAKES_CREDENTIALS = [
  'aws_access_key_id',
  'role_arn',
  'sso_account_id',
  'web_identity_token_file',
  'credential_process',
  'login_session',
];
/** A section of ours; no profile of people should have that name. */
const POD = 'vedette-pod';

/** @param baseProfile null for vedette's own identity: its keys, else the default profile, else the machine's */
export async function openBaseIdentity(baseProfile: string | null, config: Config): Promise<BaseIdentity> {
  const own = ownIdentity(config.aws);
  const explain = (cause: unknown): VedetteError =>
    signInFailure("vedette's own identity cannot sign in", cause, ownRemedy);
  if (baseProfile === null && own.credentials !== undefined) {
    const { credentials } = own;
    return {
      credentials: async () => credentials,
      explain,
      endpoint: null,
      region: own.region ?? null,
      forPrograms: async () => ({
        source: { credential_source: 'Environment' },
        sections: [],
        variables: ownKeys(config),
      }),
    };
  }
  const configuration = await loadAwsConfiguration(config);
  const { profiles } = configuration;
  const profile = baseProfile ?? readEnvironment()['AWS_PROFILE'] ?? 'default';
  const isProfile = MAKES_CREDENTIALS.some((key) => profiles.get(profile)?.[key] !== undefined);
  if (baseProfile !== null || isProfile) {
    const { credentials, endpoint, region, explain: explainProfile } = await profileAccess(profile, config);
    return {
      credentials,
      explain: explainProfile,
      endpoint,
      region: region ?? own.region ?? null,
      forPrograms: async () => ({
        source: { source_profile: profile },
        sections: sectionsOf(profile, configuration),
        variables: takesKeysOfEnvironment(profile, profiles) ? ownKeys(config) : {},
      }),
    };
  }
  return {
    credentials: keptCredentials(machineCredentials, explain),
    explain,
    endpoint: null,
    region: own.region ?? null,
    forPrograms: async () => ({ ...ofMachine(), variables: {} }),
  };
}

async function machineCredentials(): Promise<AwsCredentialIdentity> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  return fromNodeProviderChain({ logger: SILENT })();
}

/** What the file of profiles says of one; keys in the file of credentials stay there. */
function sectionsOf(
  profile: string,
  { profiles, configFile, ssoSessions }: AwsConfiguration,
): ProgramSection[] {
  const names = profilesBehind(profile, profiles);
  const sessions = names.map((name) => profiles.get(name)?.['sso_session'] ?? '');
  return [
    ...names.map((name) => ({ kind: 'profile' as const, name, settings: configFile.get(name) ?? {} })),
    ...[...new Set(sessions)].flatMap((name) => {
      const settings = ssoSessions.get(name);
      return settings === undefined ? [] : [{ kind: 'sso-session' as const, name, settings }];
    }),
  ];
}

/** A pod's role, a container's or the instance's: what AWS's libraries look for in this order. */
function ofMachine(): { source: Section; sections: ProgramSection[] } {
  const environment = readEnvironment();
  const { AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: token } = environment;
  if (role !== undefined && token !== undefined) {
    const settings = { role_arn: role, web_identity_token_file: token };
    return { source: { source_profile: POD }, sections: [{ kind: 'profile', name: POD, settings }] };
  }
  const isContainer = Object.keys(environment).some((name) => name.startsWith('AWS_CONTAINER_CREDENTIALS_'));
  return {
    source: { credential_source: isContainer ? 'EcsContainer' : 'Ec2InstanceMetadata' },
    sections: [],
  };
}
