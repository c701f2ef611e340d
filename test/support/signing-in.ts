import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTERNAL_ID, SSO_TOKEN } from './aws-gate.ts';
import { MOTO_ACCOUNT } from './moto-server.ts';

/** The account that the role is in. */
export const ROLE_ACCOUNT = '222222222222';
const ACCESS_KEY = 'AKIAIOSFODNN7EXAMPLE';
const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

export interface AwsFiles {
  /** Holds the number of the process that the program of the profile `agent` leaves, which keeps its output open. */
  agentPidFile: string;
  configFile: string;
  credentialsFile: string;
  /** Signs in to IAM Identity Center, until then, with a session (default `corp`). */
  ssoToken(expiresAt: Date, session?: string): void;
  /** Puts HOME and the environment's keys back, and removes the files. */
  remove(): void;
}

/** AWS files with a profile for every way to sign in, and a HOME whose cache of IAM Identity Center is empty. */
export function writeAwsFiles(endpoint: string): AwsFiles {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-sign-in-'));
  const at = (name: string) => join(folder, name);
  const role = `role_arn = arn:aws:iam::${ROLE_ACCOUNT}:role/vedette`;
  const known = `external_id = ${EXTERNAL_ID}`;
  const profiles: Record<string, string[]> = {
    scanner: [],
    role: [role, 'source_profile = scanner', known],
    stranger: [role, 'source_profile = scanner', 'external_id = guessed'],
    chained: ['role_arn = arn:aws:iam::333333333333:role/inner', 'source_profile = role', known],
    environment: [role, 'credential_source = Environment', known],
    pod: [role, `web_identity_token_file = ${at('token')}`],
    'through-pod': ['role_arn = arn:aws:iam::333333333333:role/inner', 'source_profile = pod', known],
    process: [`credential_process = ${at('print-credentials')}`],
    agent: [`credential_process = ${at('leave-agent')}`],
    mfa: [role, 'source_profile = scanner', `mfa_serial = arn:aws:iam::${MOTO_ACCOUNT}:mfa/me`, known],
    sso: ['sso_session = corp', `sso_account_id = ${MOTO_ACCOUNT}`, 'sso_role_name = SecurityAudit'],
  };
  const sections = Object.entries(profiles).map(([name, lines]) =>
    [`[profile ${name}]`, 'region = us-east-1', `endpoint_url = ${endpoint}`, ...lines, ''].join('\n'),
  );
  const corp = '[sso-session corp]\nsso_start_url = https://example.com/start\nsso_region = us-east-1\n';
  writeFileSync(at('config'), [...sections, corp].join('\n'));
  writeFileSync(
    at('credentials'),
    `[scanner]\naws_access_key_id = ${ACCESS_KEY}\naws_secret_access_key = ${SECRET_KEY}\n`,
  );
  writeFileSync(at('token'), 'a fake token of a pod');
  const printed = { Version: 1, AccessKeyId: ACCESS_KEY, SecretAccessKey: SECRET_KEY, SessionToken: 'fake' };
  writeFileSync(at('print-credentials'), `#!/bin/sh\necho '${JSON.stringify(printed)}'\n`);
  chmodSync(at('print-credentials'), 0o700);
  // In a session of its own, as agents for credentials are.
  writeFileSync(at('leave-agent'), `#!/bin/sh\nsetsid sleep 300 &\necho $! > '${at('agent.pid')}'\n`);
  chmodSync(at('leave-agent'), 0o700);

  const environment = { HOME: folder, AWS_ACCESS_KEY_ID: ACCESS_KEY, AWS_SECRET_ACCESS_KEY: SECRET_KEY };
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  return {
    agentPidFile: at('agent.pid'),
    configFile: at('config'),
    credentialsFile: at('credentials'),
    ssoToken(expiresAt, session = 'corp') {
      const cache = join(folder, '.aws', 'sso', 'cache');
      mkdirSync(cache, { recursive: true });
      const name = createHash('sha1').update(session).digest('hex');
      const token = { accessToken: SSO_TOKEN, expiresAt: expiresAt.toISOString(), region: 'us-east-1' };
      writeFileSync(join(cache, `${name}.json`), JSON.stringify(token));
    },
    remove() {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      rmSync(folder, { recursive: true });
    },
  };
}
