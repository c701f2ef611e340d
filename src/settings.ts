import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { apiSettings } from './api/settings.ts';
import { artifactSettings } from './artifacts/settings.ts';
import { awsSettings } from './aws/settings.ts';
import { planSettings } from './billing/settings.ts';
import { temporalSettings } from './client/settings.ts';
import { loadSettings } from './config/load.ts';
import type { Loaded, OverridesOf, ValuesOf } from './config/load.ts';
import { setting, trusted } from './config/setting.ts';
import type { SettingGroup, Values } from './config/setting.ts';
import { choice, dueTimes, duration, integer, list, text } from './config/types.ts';
import { gcpSettings } from './gcp/settings.ts';
import { channelSettings, mailSettings } from './notify/settings.ts';
import { signInSettings } from './people/settings.ts';
import { peopleSettings } from './people/settings.ts';
import { checksSettings } from './sources/checks/settings.ts';
import { detectionsSettings } from './sources/detections/settings.ts';
import { s3DataSettings } from './sources/s3-data/settings.ts';
import { scoutsuiteSettings } from './sources/scoutsuite/settings.ts';
import { databaseSettings } from './store/settings.ts';
import { view360Settings } from './view360/settings.ts';
import { telemetrySettings, workerSettings } from './workers/settings.ts';

/** What concerns more than one room. */
const generalSettings = {
  home: trusted(
    'VEDETTE_HOME',
    text
      .transform((value) => resolve((value ?? '~/.vedette').replace(/^~(?=\/|$)/, homedir())))
      // Node would try there for ever.
      .refine((folder) => !/^\/proc(?:\/|$)/.test(folder), 'no folder can be made below /proc'),
    'Folder for everything that the embedded mode writes; default `~/.vedette`.',
  ),
  organizationId: setting(
    'VEDETTE_ORGANIZATION',
    text.pipe(z.string().max(64).default('default')),
    'The organisation that scans and events belong to.',
  ),
  ownOrganizationId: setting(
    'VEDETTE_OWN_ORGANIZATION',
    text.pipe(z.string().max(64).optional()),
    'The organisation whose the AWS profiles, recipients and channels of this installation are; default is ' +
      '`VEDETTE_ORGANIZATION`.',
  ),
  logLevel: setting(
    'LOG_LEVEL',
    choice(['debug', 'info', 'warn', 'error'], 'info'),
    'Least level that is logged.',
  ),
  concurrency: setting(
    'VEDETTE_CONCURRENCY',
    integer(1, { min: 1, max: 256 }),
    'Scans of a run at a time, each of one account with one source.',
  ),
  sources: setting(
    'VEDETTE_SOURCES',
    list,
    'Sources that runs scan with when they name none, comma-separated; default is the first one, `scoutsuite`.',
  ),
  due: setting(
    'VEDETTE_DUE',
    dueTimes(['critical=7d', 'high=30d', 'medium=90d']),
    'How long active events may stay before they are overdue, by level; `123456789012:high=7d` is for one account, ' +
      '0 for no end. Default `critical=7d,high=30d,medium=90d`.',
  ),
  retentionMs: setting(
    'VEDETTE_RETENTION',
    duration('0'),
    'Age from which `vedette purge` removes resolved events, links of scans, and what is gone of accounts, e.g. `180d`; 0 for none.',
  ),
};

/** Everything that can be set, by concern: the type of the configuration, its checks and its reference. */
export const settings = {
  general: generalSettings,
  database: databaseSettings,
  mail: mailSettings,
  channels: channelSettings,
  aws: awsSettings,
  gcp: gcpSettings,
  temporal: temporalSettings,
  artifacts: artifactSettings,
  worker: workerSettings,
  telemetry: telemetrySettings,
  api: apiSettings,
  signIn: signInSettings,
  people: peopleSettings,
  plans: planSettings,
  checks: checksSettings,
  detections: detectionsSettings,
  scoutsuite: scoutsuiteSettings,
  's3-data': s3DataSettings,
  view360: view360Settings,
} as const;

export type Config = ValuesOf<typeof settings>;
export type ConfigOverrides = OverridesOf<typeof settings>;

/** The organisation whose the profiles, recipients and channels of the installation are. */
export function ownOrganization({ general }: Pick<Config, 'general'>): string {
  return general.ownOrganizationId ?? general.organizationId;
}

/** The configuration for work of an organisation; what is the installation's own stays so. */
export function configOf(config: Config, organizationId: string): Config {
  const general = { ...config.general, organizationId, ownOrganizationId: ownOrganization(config) };
  return { ...config, general };
}

/** The configuration of this process; see `loadSettings`. */
export function loadConfig(
  flags: ConfigOverrides = {},
  ...places: [folder?: string, environment?: Readonly<Record<string, string | undefined>>]
): Loaded<typeof settings> {
  return loadSettings(settings, flags, ...places);
}

/**
 * All that a source is told of the configuration: its own section, or the defaults where it has none, and where it may
 * install what it needs.
 */
export function sourceConfig<Group extends SettingGroup>(
  config: Config,
  { id, settings: declared }: { id: string; settings: Group },
): { settings: Values<Group>; home: string } {
  const section = (config as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[id];
  const own = Object.entries(declared).map(([name, { schema }]) => [
    name,
    section === undefined ? schema.parse(undefined) : section[name],
  ]);
  return { settings: Object.fromEntries(own) as Values<Group>, home: config.general.home };
}
