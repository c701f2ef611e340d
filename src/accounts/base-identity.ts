import type { AwsCredentialIdentity } from '@smithy/types';
import { ownIdentity } from '../aws/own-identity.ts';
import { readEnvironment } from '../config/env.ts';
import type { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import { ownKeys } from './aws-variables.ts';
import { keptCredentials, signInFailure } from './credentials.ts';
import { profileAccess, takesKeysOfEnvironment } from './profile-access.ts';
import { loadFiles, loadSections, sectionsBehind } from './profiles.ts';
import type { Section, Sections } from './profiles.ts';
import { SILENT } from './sdk.ts';
import { ownRemedy } from './sign-in-remedy.ts';

/** Who assumes the role of an account that the database knows. */
export interface BaseIdentity {
  credentials(): Promise<AwsCredentialIdentity>;
  /** Where AWS is, for those who are not at AWS itself. */
  endpoint: string | null;
  region: string | null;
  /** What it means that AWS refuses these credentials, and what to do about it. */
  explain(cause: unknown): VedetteError;
  /** The same for a program of AWS's Python libraries: what its section says, the sections that stands for, variables. */
  forPrograms(): Promise<{ source: Section; sections: Sections; variables: Record<string, string> }>;
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
        sections: {},
        variables: ownKeys(config),
      }),
    };
  }
  const sections = await loadSections(config);
  const profile = baseProfile ?? readEnvironment()['AWS_PROFILE'] ?? 'default';
  const isProfile = MAKES_CREDENTIALS.some((key) => sections[profile]?.[key] !== undefined);
  if (baseProfile !== null || isProfile) {
    const { credentials, endpoint, region, explain: explainProfile } = await profileAccess(profile, config);
    return {
      credentials,
      explain: explainProfile,
      endpoint,
      region: region ?? own.region ?? null,
      forPrograms: async () => ({
        source: { source_profile: profile },
        sections: await sectionsOf(profile, config),
        variables: takesKeysOfEnvironment(profile, sections) ? ownKeys(config) : {},
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
async function sectionsOf(profile: string, config: Config): Promise<Sections> {
  const { configFile } = await loadFiles(config);
  const names = sectionsBehind(profile, await loadSections(config));
  const sessions = names.flatMap((name) => {
    const session = configFile[name]?.['sso_session'];
    return session === undefined ? [] : [`sso-session.${session}`];
  });
  return Object.fromEntries([...names, ...sessions].map((name) => [name, configFile[name]]));
}

/** A pod's role, a container's or the instance's: what AWS's libraries look for in this order. */
function ofMachine(): { source: Section; sections: Sections } {
  const environment = readEnvironment();
  const { AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: token } = environment;
  if (role !== undefined && token !== undefined) {
    const pod = { role_arn: role, web_identity_token_file: token };
    return { source: { source_profile: POD }, sections: { [POD]: pod } };
  }
  const isContainer = Object.keys(environment).some((name) => name.startsWith('AWS_CONTAINER_CREDENTIALS_'));
  return {
    source: { credential_source: isContainer ? 'EcsContainer' : 'Ec2InstanceMetadata' },
    sections: {},
  };
}
