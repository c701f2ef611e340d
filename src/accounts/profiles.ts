import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';

export interface Profile {
  /** Its name in the AWS configuration. */
  profile: string;
  /** Twelve digits where the configuration itself says so; null when only signing in would tell. */
  accountId: string | null;
}

export type Section = Readonly<Record<string, string | undefined>>;
export type Sections = Readonly<Record<string, Section | undefined>>;

/** Sections of the AWS configuration that stand for no account. */
const NOT_PROFILES = /^(?:sso-session|services)\./;
const ROLE_ARN = /^arn:[\w-]+:iam::(\d{12}):role\//;
const ACCOUNT_ID = /^\d{12}$/;

/**
 * The profiles of the AWS configuration and credentials files, by name; none when there are no such files.
 *
 * @throws VedetteError `config-invalid` when a file cannot be read.
 */
export async function listProfiles(config: Config): Promise<Profile[]> {
  const sections = await loadSections(config);
  return Object.entries(sections)
    .filter(([name]) => !NOT_PROFILES.test(name))
    .map(([profile, section = {}]) => ({ profile, accountId: accountIdIn(section) }))
    .toSorted((one, other) => (one.profile < other.profile ? -1 : 1));
}

/** @throws VedetteError `usage` for a profile that is not among them */
export function assertProfile(profiles: readonly Profile[], name: string): void {
  if (profiles.some(({ profile }) => profile === name)) return;
  throw new VedetteError('usage', `The AWS configuration has no profile ${JSON.stringify(name)}.`, {
    remedy: 'vedette profiles list shows the profiles; AWS_CONFIG_FILE names another configuration.',
  });
}

/** @throws VedetteError `usage` for a name that is a profile's: where accounts are named, that goes first */
export function assertNoProfile(profiles: readonly Profile[], name: string): void {
  if (!profiles.some(({ profile }) => profile === name)) return;
  throw new VedetteError('usage', `A profile of the AWS configuration is named ${JSON.stringify(name)}.`, {
    remedy: 'Choose another name for the account: this one would always mean the profile.',
  });
}

/** The files with the profiles: the configured ones, else those of the user. */
export function awsFiles({ aws }: Config): { filepath: string; configFilepath: string } {
  return {
    filepath: aws.credentialsFile ?? join(homedir(), '.aws', 'credentials'),
    configFilepath: aws.configFile ?? join(homedir(), '.aws', 'config'),
  };
}

/** The sections of both files by their names; the credentials file wins, as it does for the AWS tools. */
export async function loadSections(config: Config): Promise<Sections> {
  const { configFile, credentialsFile } = await loadFiles(config);
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return Object.fromEntries(
    [...names].map((name) => [name, { ...configFile[name], ...credentialsFile[name] }]),
  );
}

/** A profile and those that it takes its credentials from, nearest first, by name. */
export function sectionsBehind(profile: string, sections: Sections): string[] {
  const names: string[] = [];
  for (
    let name: string | undefined = profile;
    name !== undefined && sections[name] !== undefined && !names.includes(name);
    name = sections[name]?.['source_profile']
  ) {
    names.push(name);
  }
  return names;
}

/** Each file's sections by themselves. */
export async function loadFiles(
  config: Config,
): Promise<{ configFile: Sections; credentialsFile: Sections }> {
  const files = awsFiles(config);
  try {
    return await loadSharedConfigFiles({ ...files, ignoreCache: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VedetteError(
      'config-invalid',
      `The AWS configuration (${files.configFilepath}) cannot be read: ${reason}`,
      {
        cause,
        remedy: 'Correct the file, or name another one with AWS_CONFIG_FILE.',
      },
    );
  }
}

/** A role wins: it is the identity that the profile ends up with. */
function accountIdIn(section: Section): string | null {
  const ofRole = ROLE_ARN.exec(section['role_arn'] ?? '')?.[1];
  const ofSso = section['sso_account_id'];
  if (ofRole !== undefined) return ofRole;
  return ofSso !== undefined && ACCOUNT_ID.test(ofSso) ? ofSso : null;
}
