import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AwsCredentialIdentity } from '@smithy/types';
import { partitionById, partitionOf } from '../aws/regions.ts';
import type { VedetteError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Config } from '../settings.ts';
import type { TargetAccess } from './access.ts';
import { awsVariables } from './aws-variables.ts';
import { openBaseIdentity } from './base-identity.ts';
import type { BaseIdentity } from './base-identity.ts';
import { keptCredentials, signInFailure } from './credentials.ts';
import { awsFiles } from './profiles.ts';
import type { Section, Sections } from './profiles.ts';
import { parseRoleArn } from './role-arn.ts';
import { SILENT } from './sdk.ts';
import { roleRemedy } from './sign-in-remedy.ts';

/** How the account's CloudTrail names us. */
const SESSION_NAME = 'vedette';
/** The only profile that programs are told of. */
const PROGRAM_PROFILE = 'vedette-target';
const CONFIG_FILE = 'aws-config';

/**
 * The way in of an account that the database knows: its role, assumed with the external id by the base profile or by
 * vedette's own identity.
 *
 * @throws VedetteError `config-invalid` when the AWS configuration cannot be read.
 */
export async function roleAccess(account: Account, config: Config): Promise<TargetAccess> {
  const { roleArn, externalId, baseProfile } = account;
  const base = await openBaseIdentity(baseProfile, config);
  const region = regionFor(roleArn, base);
  const explain = (cause: unknown): VedetteError =>
    signInFailure(`The role ${roleArn} cannot be assumed`, cause, (reason) => roleRemedy(account, reason));
  return {
    credentials: keptCredentials(assumeRole({ roleArn, externalId }, base, region), explain),
    region,
    endpoint: base.endpoint,
    profile: PROGRAM_PROFILE,
    async environment(folder) {
      const { source, sections, variables } = await base.forPrograms();
      const target = {
        role_arn: roleArn,
        external_id: externalId,
        role_session_name: SESSION_NAME,
        region,
        ...(base.endpoint === null ? {} : { endpoint_url: base.endpoint }),
        ...source,
      };
      const file = resolve(join(folder, CONFIG_FILE));
      await writePrivately(folder, file, configText({ ...sections, [PROGRAM_PROFILE]: target }));
      return {
        ...awsVariables(),
        ...variables,
        AWS_CONFIG_FILE: file,
        AWS_SHARED_CREDENTIALS_FILE: resolve(awsFiles(config).filepath),
      };
    },
    explain,
  };
}

/** @param externalId undefined to try whether the role lets us in without it */
export function assumeRole(
  { roleArn, externalId }: { roleArn: string; externalId: string | undefined },
  { credentials, endpoint }: BaseIdentity,
  region: string,
): () => Promise<AwsCredentialIdentity> {
  return async () => {
    const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
    const provider = fromTemporaryCredentials({
      masterCredentials: credentials,
      params: {
        RoleArn: roleArn,
        RoleSessionName: SESSION_NAME,
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
      },
      clientConfig: { region, maxAttempts: 3, ...(endpoint === null ? {} : { endpoint }) },
      logger: SILENT,
    });
    return provider();
  };
}

/** Each partition has an STS of its own; within it, the region that we know is the nearest. */
export function regionFor(roleArn: string, { region }: Pick<BaseIdentity, 'region'>): string {
  const partition = partitionById(parseRoleArn(roleArn).partition);
  return region !== null && partitionOf(region).id === partition.id ? region : partition.globalRegion;
}

/** Nobody else may read it from its first byte on, also where there was a file before. */
async function writePrivately(folder: string, file: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, '', { mode: 0o600 });
  await chmod(file, 0o600);
  await writeFile(file, text);
}

/** A file of profiles; only plain keys, nested ones say nothing of credentials. */
function configText(sections: Sections): string {
  return Object.entries(sections)
    .map(([name, section = {}]) => `${headerOf(name)}\n${linesOf(section)}`)
    .join('\n');
}

function headerOf(name: string): string {
  const session = /^sso-session\.(.+)$/.exec(name)?.[1];
  return session === undefined
    ? `[profile ${JSON.stringify(name)}]`
    : `[sso-session ${JSON.stringify(session)}]`;
}

function linesOf(section: Section): string {
  return Object.entries(section)
    .filter(([key]) => !key.includes('.'))
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('');
}
