import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface AwsFiles {
  configFile: string;
  credentialsFile: string;
}

/** The account servers check no signature; every profile has the same pair from AWS's own documentation. */
const KEY_PAIR = {
  aws_access_key_id: 'AKIAIOSFODNN7EXAMPLE',
  aws_secret_access_key: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** Writes AWS configuration and credentials with one profile per account; `profiles` gives what each profile says. */
export async function writeAwsFiles(
  folder: string,
  profiles: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<AwsFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const configFile = join(folder, 'config');
  const credentialsFile = join(folder, 'credentials');
  const names = Object.keys(profiles);
  const config = names.map((name) => section(`profile ${name}`, profiles[name] ?? {}));
  await writeFile(configFile, config.join('\n'), { mode: 0o600 });
  const credentials = names.map((name) => section(name, KEY_PAIR));
  await writeFile(credentialsFile, credentials.join('\n'), { mode: 0o600 });
  return { configFile, credentialsFile };
}

function section(title: string, values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  return [`[${title}]`, ...lines, ''].join('\n');
}
