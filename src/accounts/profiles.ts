import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import { awsFiles, readAwsFile } from './aws-files.ts';
import type { AwsFile, Remark, Section } from './aws-files.ts';
import { shellWord, shellWords } from './shell-words.ts';

export interface Profile {
  /** Its name in the AWS configuration. */
  profile: string;
  /** Twelve digits where the configuration itself says so; null when only signing in would tell. */
  accountId: string | null;
}

export type Sections = ReadonlyMap<string, Section>;

/** The AWS configuration as AWS's Python library, and so the scanner, reads it. */
export interface AwsConfiguration {
  /** Each profile with the settings of both files; those of the credentials file win. */
  profiles: Sections;
  /** What each file by itself says of a profile: keys are never mixed from both. */
  configFile: Sections;
  credentialsFile: Sections;
  /** Sessions of IAM Identity Center. */
  ssoSessions: Sections;
  /** File, line and what is wrong: parts that count for nothing, or for something else than it looks like. */
  warnings: readonly string[];
}

/** How the headers of the first file begin, and what then stands for what. */
const KINDS = ['profile', 'sso-session', 'services'] as const;
type Kind = (typeof KINDS)[number];

/** Sections of the AWS CLI itself. */
const OF_THE_CLI = ['plugins', 'preview'];
const ROLE_ARN = /^arn:[\w-]+:iam::(\d{12}):role\//;
const ACCOUNT_ID = /^\d{12}$/;

/**
 * The profiles of the AWS configuration and credentials files, by name; none when there are no such files.
 *
 * @throws VedetteError `config-invalid` when the scanner could not read a file, with the line and the reason.
 */
export async function listProfiles(config: Config): Promise<Profile[]> {
  return profilesOf(await loadAwsConfiguration(config));
}

export function profilesOf({ profiles }: AwsConfiguration): Profile[] {
  return [...profiles]
    .map(([profile, section]) => ({ profile, accountId: accountIdIn(section) }))
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

/**
 * Reads both files.
 *
 * @throws VedetteError `config-invalid` when the scanner could not read one, with the line and the reason.
 */
export async function loadAwsConfiguration(config: Config): Promise<AwsConfiguration> {
  const paths = awsFiles(config);
  const [first, second] = await Promise.all([
    readAwsFile(paths.configFile),
    readAwsFile(paths.credentialsFile),
  ]);
  assertReadable(paths.configFile, first);
  assertReadable(paths.credentialsFile, second);
  const { profiles: configFile, ssoSessions, remarks } = sectionsByKind(first);
  const credentialsFile = new Map([...second.sections].map(([name, { settings }]) => [name, settings]));
  const names = [...new Set([...configFile.keys(), ...credentialsFile.keys()])];
  return {
    profiles: new Map(names.map((name) => [name, { ...configFile.get(name), ...credentialsFile.get(name) }])),
    configFile,
    credentialsFile,
    ssoSessions,
    warnings: [
      ...placed(paths.configFile, [...first.remarks, ...remarks]),
      ...placed(paths.credentialsFile, second.remarks),
    ],
  };
}

/** A profile and those that it takes its credentials from, nearest first, by name. */
export function profilesBehind(profile: string, profiles: Sections): string[] {
  const names: string[] = [];
  for (
    let name: string | undefined = profile;
    name !== undefined && profiles.has(name) && !names.includes(name);
    name = profiles.get(name)?.['source_profile']
  ) {
    names.push(name);
  }
  return names;
}

function assertReadable(path: string, { problem }: AwsFile): void {
  if (problem === null) return;
  throw new VedetteError(
    'config-invalid',
    `The scanner cannot read the AWS configuration: ${place(path, problem)}.`,
    { remedy: 'Correct that line: AWS tools refuse the whole file. AWS_CONFIG_FILE names another one.' },
  );
}

function placed(path: string, remarks: readonly Remark[]): string[] {
  return remarks
    .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0))
    .map((remark) => place(path, remark));
}

function place(path: string, { line, text }: Remark): string {
  return `${path}${line === null ? '' : `:${line}`}: ${text}`;
}

/** A header of the first file is a kind and a name, in quotes where it has spaces: `[profile "two words"]`. */
function sectionsByKind({ sections }: AwsFile): {
  profiles: Sections;
  ssoSessions: Sections;
  remarks: readonly Remark[];
} {
  const found = KINDS.map((kind) => ({
    kind,
    named: new Map<string, { line: number; settings: Section }>(),
  }));
  const remarks: Remark[] = [];
  for (const [header, section] of sections) {
    const remark = (text: string) => remarks.push({ line: section.line, text: `[${header}] ${text}` });
    const isDefault = header === 'default';
    const ofKind = found.find(({ kind }) => (isDefault ? kind === 'profile' : header.startsWith(kind)));
    if (ofKind === undefined) {
      if (!OF_THE_CLI.includes(header)) {
        remark(`is no profile: in this file that would be [profile ${shellWord(header)}]`);
      }
      continue;
    }
    const { kind, named } = ofKind;
    const words = isDefault ? [kind, header] : shellWords(header);
    const [, name = ''] = words ?? [];
    if (words?.length !== 2 || name === '') {
      remark(`is no ${kind}: that would be [${kind} NAME], with the name in quotes where it has spaces`);
      continue;
    }
    const earlier = named.get(name);
    if (earlier !== undefined) remark(`counts instead of line ${earlier.line}, which has the same name`);
    named.set(name, section);
  }
  const sectionsOf = (wanted: Kind): Sections => {
    const named = found.find(({ kind }) => kind === wanted)?.named ?? [];
    return new Map([...named].map(([name, { settings }]) => [name, settings]));
  };
  return { profiles: sectionsOf('profile'), ssoSessions: sectionsOf('sso-session'), remarks };
}

/** A role wins: it is the identity that the profile ends up with. */
function accountIdIn(section: Section): string | null {
  const ofRole = ROLE_ARN.exec(section['role_arn'] ?? '')?.[1];
  const ofSso = section['sso_account_id'];
  if (ofRole !== undefined) return ofRole;
  return ofSso !== undefined && ACCOUNT_ID.test(ofSso) ? ofSso : null;
}
