import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { externalDataInterceptor } from '@smithy/core/config';
import type { AwsCredentialIdentity } from '@smithy/types';
import { z } from 'zod';
import type { OwnIdentity } from '../aws/own-identity.ts';
import { readEnvironment } from '../config/env.ts';
import { VedetteError } from '../errors.ts';
import type { Section } from './aws-files.ts';
import type { AwsConfiguration } from './profiles.ts';
import { ANY_REGION, SILENT } from './sdk.ts';
import { shellWords } from './shell-words.ts';

/** What signing in needs besides the name of a profile. */
export interface SignInContext {
  configuration: AwsConfiguration;
  /** Keys of ours, for profiles that ask for those of the environment. */
  own: OwnIdentity['credentials'];
  /** That of the profile that somebody signs in to, whichever profiles it builds upon. */
  region: string | null;
  endpoint: string | null;
  /** For programs that print credentials. */
  environment: Readonly<Record<string, string>>;
}

const PROCESS_TIMEOUT_MS = 60_000;
const run = promisify(execFile);

const printed = z.object({
  Version: z.literal(1),
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string().nullish(),
  Expiration: z.coerce.date().nullish(),
});

/**
 * Signs in to a profile as AWS's Python library does, with the same precedence: its role, a web identity, IAM Identity
 * Center, keys of the credentials file, `aws login`, a program, keys of the configuration file; else the machine's role.
 *
 * @throws VedetteError `credentials` where the profile says too little or something that does not fit; errors of the SDK.
 */
export async function signIn(profile: string, context: SignInContext): Promise<AwsCredentialIdentity> {
  if (assumesRole(sectionOf(profile, context))) return assumeRole(profile, [profile], context);
  return (await ofProfile(profile, context)) ?? ofMachine();
}

function sectionOf(profile: string, { configuration }: SignInContext): Section {
  return configuration.profiles.get(profile) ?? {};
}

function assumesRole(section: Section): boolean {
  return section['role_arn'] !== undefined && section['web_identity_token_file'] === undefined;
}

function hasKeys(section: Section): boolean {
  return section['aws_access_key_id'] !== undefined || section['aws_secret_access_key'] !== undefined;
}

/** @param behind the profiles that have led here, this one included */
async function assumeRole(
  profile: string,
  behind: readonly string[],
  context: SignInContext,
): Promise<AwsCredentialIdentity> {
  const section = sectionOf(profile, context);
  const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
  const { role_session_name: sessionName, duration_seconds: duration = '' } = section;
  const seconds = Number(duration);
  const provider = fromTemporaryCredentials({
    masterCredentials: await sourceCredentials(profile, behind, context),
    params: {
      RoleArn: section['role_arn'],
      ExternalId: section['external_id'],
      SerialNumber: section['mfa_serial'],
      ...(sessionName === undefined ? {} : { RoleSessionName: sessionName }),
      ...(Number.isInteger(seconds) && seconds > 0 ? { DurationSeconds: seconds } : {}),
    },
    clientConfig: clientConfig(context),
    logger: SILENT,
  });
  return provider();
}

async function sourceCredentials(
  profile: string,
  behind: readonly string[],
  context: SignInContext,
): Promise<AwsCredentialIdentity> {
  const { source_profile: source, credential_source: machine } = sectionOf(profile, context);
  if ((source === undefined) === (machine === undefined)) {
    throw refused(profile, 'its role needs either a source_profile or a credential_source');
  }
  if (machine !== undefined) return ofSource(machine, profile, context);
  const name = source ?? '';
  if (!context.configuration.profiles.has(name)) {
    throw refused(profile, `there is no profile ${JSON.stringify(name)}, which is its source_profile`);
  }
  const section = sectionOf(name, context);
  if (behind.includes(name) && !(name === profile && hasKeys(section))) {
    throw refused(profile, `its source_profile leads back to ${JSON.stringify(name)}`);
  }
  if (assumesRole(section) && !hasKeys(section)) return assumeRole(name, [...behind, name], context);
  const credentials = await ofProfile(name, context);
  if (credentials !== undefined) return credentials;
  throw refused(profile, `its source_profile ${JSON.stringify(name)} has no credentials`);
}

/** What a profile has by itself; undefined when it says nothing of credentials. */
async function ofProfile(
  profile: string,
  context: SignInContext,
): Promise<AwsCredentialIdentity | undefined> {
  const section = sectionOf(profile, context);
  const { configFile, credentialsFile } = context.configuration;
  if (section['web_identity_token_file'] !== undefined) return ofWebIdentity(profile, section, context);
  if (section['sso_account_id'] !== undefined || section['sso_role_name'] !== undefined) {
    return ofIdentityCenter(profile, section, context);
  }
  const keys = keysIn(profile, credentialsFile.get(profile));
  if (keys !== undefined) return keys;
  if (section['login_session'] !== undefined) return ofLogin(section, context);
  if (section['credential_process'] !== undefined) return ofProgram(profile, section, context);
  return keysIn(profile, configFile.get(profile));
}

/** Those of one file: a key is never used with a secret or token of another. */
function keysIn(profile: string, section: Section = {}): AwsCredentialIdentity | undefined {
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = section;
  if (accessKeyId === undefined) return undefined;
  if (secretAccessKey === undefined)
    throw refused(profile, 'its key has no aws_secret_access_key in the same file');
  const sessionToken = section['aws_security_token'] ?? section['aws_session_token'];
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

async function ofWebIdentity(
  profile: string,
  section: Section,
  context: SignInContext,
): Promise<AwsCredentialIdentity> {
  const {
    web_identity_token_file: webIdentityTokenFile = '',
    role_arn: roleArn,
    role_session_name: name,
  } = section;
  if (roleArn === undefined) throw refused(profile, 'its web identity has no role_arn');
  const [{ fromTokenFile }, { getDefaultRoleAssumerWithWebIdentity }] = await Promise.all([
    import('@aws-sdk/credential-providers'),
    import('@aws-sdk/client-sts'),
  ]);
  return fromTokenFile({
    webIdentityTokenFile,
    roleArn,
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(clientConfig(context)),
    logger: SILENT,
    ...(name === undefined ? {} : { roleSessionName: name }),
  })();
}

async function ofIdentityCenter(
  profile: string,
  section: Section,
  context: SignInContext,
): Promise<AwsCredentialIdentity> {
  const { sso_session: name } = section;
  const session = name === undefined ? {} : context.configuration.ssoSessions.get(name);
  if (session === undefined) throw refused(profile, `there is no [sso-session ${JSON.stringify(name)}]`);
  const differing = Object.keys(session).find((key) => (section[key] ?? session[key]) !== session[key]);
  if (differing !== undefined) throw refused(profile, `its ${differing} is not that of its sso-session`);
  const {
    sso_start_url: ssoStartUrl,
    sso_region: ssoRegion,
    sso_account_id: ssoAccountId,
    sso_role_name: ssoRoleName,
  } = { ...section, ...session };
  if (!ssoStartUrl || !ssoRegion || !ssoAccountId || !ssoRoleName) {
    throw refused(
      profile,
      'IAM Identity Center needs sso_start_url, sso_region, sso_account_id and sso_role_name',
    );
  }
  const { fromSSO } = await import('@aws-sdk/credential-providers');
  const settings = { ssoStartUrl, ssoRegion, ssoAccountId, ssoRoleName, ...options(context) };
  if (name === undefined) return fromSSO(settings)();
  const lines = [`sso_start_url = ${ssoStartUrl}`, `sso_region = ${ssoRegion}`];
  // So written, the SDK takes any text as a name.
  const file = [PROFILE_HEADER, `sso_session = ${name}`, `[sso-session.${name}]`, ...lines].join('\n');
  return withFile(file, (where) => fromSSO({ ...settings, ssoSession: name, ...where })());
}

async function ofLogin(section: Section, context: SignInContext): Promise<AwsCredentialIdentity> {
  const { fromLoginCredentials } = await import('@aws-sdk/credential-providers');
  const { login_session: session, region = ANY_REGION } = section;
  const file = [PROFILE_HEADER, `login_session = ${session}`, `region = ${region}`].join('\n');
  return withFile(file, (where) => fromLoginCredentials({ ...options(context), ...where })());
}

/** Without a shell, as AWS's Python library does. */
async function ofProgram(
  profile: string,
  section: Section,
  { environment }: SignInContext,
): Promise<AwsCredentialIdentity> {
  const [program, ...args] = shellWords(section['credential_process'] ?? '') ?? [];
  if (program === undefined) throw refused(profile, 'its credential_process is no command');
  const { stdout } = await run(program, args, { env: { ...environment }, timeout: PROCESS_TIMEOUT_MS });
  const { data } = printed.safeParse(jsonOf(stdout));
  // Not what it is: it may hold secrets.
  if (data === undefined) throw refused(profile, `${program} printed no credentials of version 1 (JSON)`);
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = data;
  return {
    accessKeyId,
    secretAccessKey,
    ...(data.SessionToken && { sessionToken: data.SessionToken }),
    ...(data.Expiration && { expiration: data.Expiration }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ofSource(source: string, profile: string, { own }: SignInContext): Promise<AwsCredentialIdentity> {
  switch (source) {
    case 'Environment':
      if (own !== undefined) return Promise.resolve(own);
      throw refused(profile, 'it wants the keys of the environment, and AWS_ACCESS_KEY_ID is not set');
    case 'EcsContainer':
      return ofContainer();
    case 'Ec2InstanceMetadata':
      return ofInstance();
    default:
      throw refused(profile, `${source} is no credential_source`);
  }
}

function ofMachine(): Promise<AwsCredentialIdentity> {
  const names = Object.keys(readEnvironment());
  const isContainer = names.some((name) => /^AWS_CONTAINER_CREDENTIALS_(?:RELATIVE|FULL)_URI$/.test(name));
  return isContainer ? ofContainer() : ofInstance();
}

async function ofContainer(): Promise<AwsCredentialIdentity> {
  const { fromHttp } = await import('@aws-sdk/credential-providers');
  return fromHttp({ logger: SILENT })();
}

async function ofInstance(): Promise<AwsCredentialIdentity> {
  if (readEnvironment()['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true') {
    throw new VedetteError('credentials', 'There are no credentials, and AWS_EC2_METADATA_DISABLED is set.');
  }
  const { fromInstanceMetadata } = await import('@aws-sdk/credential-providers');
  return fromInstanceMetadata({ logger: SILENT })();
}

const PROFILE = 'signing-in';
const PROFILE_HEADER = `[profile ${PROFILE}]`;

function clientConfig({ region, endpoint }: SignInContext): { region: string; endpoint?: string } {
  return { region: region ?? ANY_REGION, ...(endpoint === null ? {} : { endpoint }) };
}

function options({ endpoint }: SignInContext) {
  return { profile: PROFILE, clientConfig: endpoint === null ? {} : { endpoint }, logger: SILENT };
}

/** Some providers of the SDK read files only, and not as AWS's Python library does: they are given one, in memory. */
async function withFile<Result>(
  text: string,
  use: (where: { filepath: string; configFilepath: string }) => Promise<Result>,
): Promise<Result> {
  const [config, empty] = [randomUUID(), randomUUID()];
  externalDataInterceptor.interceptFile(config, text);
  externalDataInterceptor.interceptFile(empty, '');
  try {
    return await use({ filepath: empty, configFilepath: config });
  } finally {
    const files = externalDataInterceptor.getFileRecord();
    delete files[config];
    delete files[empty];
  }
}

function refused(profile: string, reason: string): VedetteError {
  return new VedetteError('credentials', `The profile ${JSON.stringify(profile)} cannot sign in: ${reason}.`);
}
