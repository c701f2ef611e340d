import type { Setting } from '../../config/setting.ts';
import { VedetteError } from '../../errors.ts';
import { configOf, ownOrganization, settings } from '../../settings.ts';
import type { Config } from '../../settings.ts';
import { recordChange } from '../access/audit.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { fromJson, isoTime, sqlJson, sqlTime } from '../database/values.ts';
import { reading } from '../people/users.ts';
import { getOrganization } from './organizations.ts';

/**
 * What an organisation can set for itself, and the setting of the installation that it stands in place of. No secrets, and
 * nothing of what the installation runs or reaches.
 */
export const ORGANIZATION_SETTINGS = {
  notifications: ['mail', 'enabled'],
  recipients: ['mail', 'recipients'],
  'notify-on-new': ['mail', 'onNewFindings'],
  'notify-jobs': ['mail', 'onJobEnd'],
  'notify-levels': ['mail', 'onSeverity'],
  due: ['general', 'due'],
  retention: ['general', 'retentionMs'],
  sources: ['general', 'sources'],
  depth: ['checks', 'depth'],
} as const;
export type OrganizationSettingName = keyof typeof ORGANIZATION_SETTINGS;

/** One of them as it is now. */
export interface OrganizationSetting {
  name: OrganizationSettingName;
  /** What it means, and how values of it are written. */
  description: string;
  /** Written as the environment has it; null where that of the installation holds. */
  value: string | null;
  /** ISO 8601 in UTC; null with the value. */
  updatedAt: string | null;
  updatedBy: string | null;
}

interface SettingRow {
  name: string;
  value: unknown;
  updated_at: string;
  updated_by: string;
}

/**
 * The configuration that holds for an organisation: that of the installation, with what the organisation has set for itself
 * in its place. Recipients and channels of the installation are its own organisation's: what is another one's must not
 * reach them.
 */
export async function settingsFor(
  store: Store,
  installation: Config,
  organizationId: string,
): Promise<Config> {
  const config = configOf(installation, organizationId);
  const others =
    organizationId === ownOrganization(installation)
      ? config
      : { ...config, mail: { ...config.mail, recipients: [] }, channels: {} as Config['channels'] };
  const rows = await settingRows(reading(store), organizationId);
  return rows.reduce<Config>((known, { name, value }) => {
    if (!isSettingName(name)) return known;
    const [group, key] = ORGANIZATION_SETTINGS[name];
    const parsed = schemaOf(name).safeParse(textOf(value));
    // What an earlier version accepted and this one does not leaves that of the installation.
    return parsed.success ? { ...known, [group]: { ...known[group], [key]: parsed.data } } : known;
  }, others);
}

/** All that can be set. */
export async function organizationSettings(
  store: Store,
  organizationId: string,
): Promise<OrganizationSetting[]> {
  const rows = await settingRows(reading(store), organizationId);
  return SETTING_NAMES.map((name) => {
    const row = rows.find((one) => one.name === name);
    const { env, doc } = declarationOf(name);
    return {
      name,
      description: `${doc} (In place of ${env}.)`,
      value: row === undefined ? null : textOf(row.value),
      updatedAt: row === undefined ? null : isoTime(row.updated_at),
      updatedBy: row?.updated_by ?? null,
    };
  });
}

/**
 * Sets some of them, all or none.
 *
 * @param values as the environment has them, by name; null for that of the installation
 * @throws VedetteError `usage` that names every one that is wrong; `not-found` without such an organisation
 */
export async function setOrganizationSettings(
  store: Store,
  config: Config,
  organizationId: string,
  { values, by }: { values: Readonly<Record<string, string | null>>; by: string },
): Promise<void> {
  const problems = Object.entries(values).flatMap(([name, value]) => problemsOf(name, value));
  if (problems.length > 0) throw new VedetteError('usage', `${problems.join('; ')}.`);
  await getOrganization(store, config, organizationId);
  await transaction(store, async (session) => {
    const earlier = await settingRows(session.query, organizationId);
    for (const [name, value] of Object.entries(values)) {
      await session.execute(
        'DELETE FROM vedette_organization_settings WHERE organization_id = ? AND name = ?',
        [organizationId, name],
      );
      if (value === null) continue;
      await session.execute(
        `INSERT INTO vedette_organization_settings (organization_id, name, value, updated_at, updated_by)
          VALUES (?, ?, ?, ?, ?)`,
        [organizationId, name, sqlJson({ text: value }), sqlTime(new Date()), by],
      );
    }
    const before = Object.fromEntries(
      Object.keys(values).map((name) => {
        const known = earlier.find((row) => row.name === name);
        return [name, known === undefined ? null : textOf(known.value)];
      }),
    );
    await recordChange(session, {
      organizationId,
      action: 'organizations.set',
      target: 'organization/settings',
      before,
      after: values,
    });
  });
}

/** A mapping, as MySQL gives JSON parsed, and a text could then not be told from JSON. */
function textOf(stored: unknown): string {
  return (fromJson(stored) as { text: string }).text;
}

const SETTING_NAMES = Object.keys(ORGANIZATION_SETTINGS) as OrganizationSettingName[];

function isSettingName(name: string): name is OrganizationSettingName {
  return Object.hasOwn(ORGANIZATION_SETTINGS, name);
}

function declarationOf(name: OrganizationSettingName): Setting {
  const [group, key] = ORGANIZATION_SETTINGS[name];
  return (settings[group] as Readonly<Record<string, Setting>>)[key] as Setting;
}

function schemaOf(name: OrganizationSettingName) {
  return declarationOf(name).schema;
}

function problemsOf(name: string, value: string | null): string[] {
  if (!isSettingName(name)) {
    return [`there is no setting ${JSON.stringify(name)} of organisations, only ${SETTING_NAMES.join(', ')}`];
  }
  const parsed = schemaOf(name).safeParse(value ?? undefined);
  return parsed.success ? [] : [`${name}: ${parsed.error.issues.map(({ message }) => message).join(', ')}`];
}

function settingRows(query: Session['query'], organizationId: string): Promise<SettingRow[]> {
  return query(
    'SELECT name, value, updated_at, updated_by FROM vedette_organization_settings WHERE organization_id = ?',
    [organizationId],
  );
}
