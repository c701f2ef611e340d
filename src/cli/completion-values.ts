import { listProfiles } from '../accounts/profiles.ts';
import type { Config } from '../settings.ts';
import { quickReader } from '../store/database/quick-read.ts';
import type { ValueKind } from './completion.ts';

const MOST = 50;

/** Statements with the organisation as their one value; the last ones first where there may be many. */
const STATEMENTS: Readonly<Record<Exclude<ValueKind, 'profile' | 'framework' | 'catalogue'>, string>> = {
  account: 'SELECT DISTINCT account_id FROM scout_scans WHERE organization_id = ? ORDER BY account_id',
  accountName: 'SELECT name FROM vedette_accounts WHERE organization_id = ? ORDER BY name',
  source: 'SELECT DISTINCT source FROM scout_scans WHERE organization_id = ? ORDER BY source',
  service: ofEvents('service', 'all'),
  region: ofEvents('region', 'region'),
  check: ofEvents('check_id', 'check'),
  run: `SELECT run_id FROM scout_scans WHERE organization_id = ? AND run_id IS NOT NULL
    GROUP BY run_id ORDER BY MAX(id) DESC LIMIT ${MOST}`,
  scan: `SELECT id FROM scout_scans WHERE organization_id = ? ORDER BY id DESC LIMIT ${MOST}`,
  event: `SELECT id FROM scout_events WHERE organization_id = ? AND status = 'active' ORDER BY id DESC LIMIT ${MOST}`,
  token: 'SELECT id FROM vedette_credentials WHERE organization_id = ? ORDER BY id DESC',
};

function ofEvents(column: string, grain: string): string {
  return `SELECT DISTINCT ${column} FROM vedette_event_counts
    WHERE organization_id = ? AND grain = '${grain}' AND ${column} <> '' ORDER BY ${column}`;
}

/** Values that a command line may name, as far as they are to be had at once. */
export async function completionValues(config: Config, kind: ValueKind): Promise<readonly string[]> {
  if (kind === 'profile') return profiles(config);
  if (kind === 'catalogue') return (await catalogueOf(config)).map(({ id }) => id);
  if (kind === 'framework') return frameworks(config);
  const stored = await readQuickly(config, STATEMENTS[kind]);
  if (kind !== 'account') return stored;
  return [...(await profiles(config)), ...(await readQuickly(config, STATEMENTS.accountName)), ...stored];
}

async function profiles(config: Config): Promise<string[]> {
  return (await listProfiles(config)).map(({ profile }) => profile);
}

async function catalogueOf(config: Config) {
  const { checksOf } = await import('../sources/checks/checks-of.ts');
  return checksOf(config.checks);
}

/** Those of the installation's own are only told with all checks, which take longer to load. */
async function frameworks(config: Config): Promise<string[]> {
  const { frameworksFolder } = config.checks;
  if (frameworksFolder === undefined) {
    const { builtInFrameworks } = await import('../compliance/built-in.ts');
    return builtInFrameworks.map(({ id }) => id);
  }
  const { knownFrameworks } = await import('../sources/checks/plan.ts');
  return knownFrameworks(frameworksFolder, await catalogueOf(config)).map(({ id }) => id);
}

async function readQuickly(config: Config, sql: string): Promise<string[]> {
  const reader = await quickReader(config);
  if (reader === undefined) return [];
  try {
    return await reader.read(sql, [config.general.organizationId]);
  } finally {
    await reader.close();
  }
}
