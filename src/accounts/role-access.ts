import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AwsCredentialIdentity } from '@smithy/types';
import { partitionById, partitionOf } from '../aws/regions.ts';
import type { VedetteError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Config } from '../settings.ts';
import type { TargetAccess } from './access.ts';
import { awsFiles } from './aws-files.ts';
import { awsVariables } from './aws-variables.ts';
import { openBaseIdentity } from './base-identity.ts';
import type { BaseIdentity, ProgramSection } from './base-identity.ts';
import { keptCredentials, signInFailure } from './credentials.ts';
import { parseRoleArn } from './role-arn.ts';
import { SILENT } from './sdk.ts';
import { shellWord } from './shell-words.ts';
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
      const settings = {
        role_arn: roleArn,
        external_id: externalId,
        role_session_name: SESSION_NAME,
        region,
        ...(base.endpoint === null ? {} : { endpoint_url: base.endpoint }),
        ...source,
      };
      const file = resolve(join(folder, CONFIG_FILE));
      await writePrivately(
        folder,
        file,
        configText([...sections, { kind: 'profile', name: PROGRAM_PROFILE, settings }]),
      );
      return {
        ...awsVariables(),
        ...variables,
        AWS_CONFIG_FILE: file,
        AWS_SHARED_CREDENTIALS_FILE: resolve(awsFiles(config).credentialsFile),
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

/** A file of profiles, as `parseAwsFile` reads it: further lines of a value are indented. */
function configText(sections: readonly ProgramSection[]): string {
  return sections
    .map(({ kind, name, settings }) => {
      const lines = Object.entries(settings).map(([key, value = '']) => `${key} = ${value}`);
      return [`[${kind} ${shellWord(name)}]`, ...lines.map((line) => line.replaceAll('\n', '\n  ')), ''].join(
        '\n',
      );
    })
    .join('\n');
}
