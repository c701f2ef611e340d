import { identityOf } from '../accounts/identity.ts';
import { profileAccess } from '../accounts/profile-access.ts';
import { loadAwsConfiguration, profilesOf } from '../accounts/profiles.ts';
import type { AwsConfiguration } from '../accounts/profiles.ts';
import { connectTemporal, workerIdentities } from '../client/temporal.ts';
import { findStack } from '../embedded/stack.ts';
import { findTemporal } from '../embedded/temporal-executable.ts';
import { reportOf, VedetteError } from '../errors.ts';
import { scanQueue } from '../model/names.ts';
import { checkMail } from '../notify/deliver.ts';
import { Providers } from '../people/providers/open-providers.ts';
import type { Provider } from '../people/providers/provider.ts';
import { sourceConfig } from '../settings.ts';
import type { Registry } from '../sources/registry.ts';
import type { Scanner } from '../sources/source.ts';
import { migrationStatus } from '../store/database/migrate.ts';
import { openStore } from '../store/database/open.ts';
import { checkWrites } from '../store/database/write-check.ts';
import type { CommandContext } from './command-context.ts';

export interface Check {
  name: string;
  /** `off`: not configured, and nothing needs it. `warning`: works, but perhaps not as somebody meant it. */
  status: 'ok' | 'off' | 'warning' | 'broken';
  detail: string;
  remedy: string | null;
}

type Finding = { detail: string; off?: boolean };

const PROFILE_TIMEOUT_MS = 20_000;

/** Checks everything that a scan needs, each on its own, so that one broken thing does not hide another. */
export async function examine(context: CommandContext, sources: Registry): Promise<Check[]> {
  const checks = await Promise.all([
    ...sources.scanners.map((source) => check('scanner', () => scanner(context, source))),
    check('database', () => database(context)),
    check('mail', () => mail(context)),
    check('temporal', () => temporal(context)),
    check('worker', () => worker(context, sources)),
    ...new Providers(context.config).all.map((one) => check(`sign-in ${one.id}`, () => signInProvider(one))),
    profiles(context),
  ]);
  return checks.flat();
}

/** What the scanner could not read is no place to look for profiles. */
async function profiles(context: CommandContext): Promise<Check[]> {
  const name = 'AWS configuration';
  let configuration: AwsConfiguration;
  try {
    configuration = await loadAwsConfiguration(context.config);
  } catch (error) {
    return [broken(name, error)];
  }
  const warnings = configuration.warnings.map((detail): Check => ({
    name,
    status: 'warning',
    detail,
    remedy: null,
  }));
  const found = profilesOf(configuration);
  const checks =
    found.length === 0
      ? [check('profiles', async () => noProfiles())]
      : found.map(({ profile }) => check(`profile ${profile}`, () => credentials(context, profile)));
  return [...warnings, ...(await Promise.all(checks))];
}

async function check(name: string, look: () => Promise<Finding>): Promise<Check> {
  try {
    const { detail, off = false } = await look();
    return { name, status: off ? 'off' : 'ok', detail, remedy: null };
  } catch (error) {
    return broken(name, error);
  }
}

function broken(name: string, error: unknown): Check {
  const { message, remedy } = reportOf(error);
  return { name, status: 'broken', detail: message, remedy };
}

async function scanner({ config, signal }: CommandContext, source: Scanner): Promise<Finding> {
  return { detail: await source.check(sourceConfig(config, source), { signal }) };
}

async function database({ config, logger }: CommandContext): Promise<Finding> {
  const store = await openStore(config, logger);
  try {
    const { product, version, location, tls } = await store.describeConnection();
    const { applied, pending } = await migrationStatus(store);
    if (applied.length > 0) await checkWrites(store);
    const encryption =
      product === 'SQLite' ? '' : tls === null ? ', not encrypted' : `, ${tls.version} ${tls.cipher}`;
    const tables =
      pending.length === 0 ? 'tables up to date' : `${pending.length} migrations to come with the next start`;
    return { detail: `${product} ${version}, ${location}${encryption}, ${tables}` };
  } finally {
    await store.close();
  }
}

async function mail({ config, signal }: CommandContext): Promise<Finding> {
  if (!config.mail.enabled) return { detail: 'ENABLE_EMAIL_NOTIFICATIONS is not true', off: true };
  const { transport, detail } = await checkMail(config, { signal });
  return { detail: `${transport}: ${detail}` };
}

async function signInProvider(provider: Provider): Promise<Finding> {
  const nothing = { state: 'none', nonce: 'none', codeVerifier: 'none' };
  const { origin } = await provider.begin({ redirectUri: 'http://localhost/', ...nothing });
  return { detail: `${provider.name}, leads to ${origin}` };
}

async function temporal({ config, logger }: CommandContext): Promise<Finding> {
  const address = config.temporal.address ?? (await findStack(config, logger))?.address;
  if (address !== undefined) {
    const connection = await connectTemporal(config, address);
    await connection.close();
    return { detail: `${address}, namespace ${config.temporal.namespace}` };
  }
  const executable = await findTemporal(config);
  if (executable === null || executable === undefined) {
    throw new VedetteError('temporal-missing', 'There is no temporal executable for the embedded server.', {
      remedy: 'Run vedette setup.',
    });
  }
  return { detail: `embedded server, started when needed (${executable})` };
}

async function worker({ config, logger }: CommandContext, sources: Registry): Promise<Finding> {
  const { address, namespace, taskQueue } = config.temporal;
  const stack = address === undefined ? await findStack(config, logger) : { address };
  if (stack === undefined) return { detail: 'started with the embedded server when needed', off: true };
  const connection = await connectTemporal(config, stack.address);
  try {
    const workers = await workerIdentities(connection, namespace, taskQueue);
    if (workers.length === 0) {
      throw new VedetteError('stack-failed', `No worker asks task queue ${taskQueue} for work.`, {
        remedy: 'Start one with vedette worker, or vedette up.',
      });
    }
    const scanning = await Promise.all(
      sources.scanners.map(async ({ id }) => {
        const scanners = await workerIdentities(connection, namespace, scanQueue(taskQueue, id));
        return { id, count: scanners.length };
      }),
    );
    const idle = scanning.filter(({ count }) => count === 0).map(({ id }) => id);
    if (idle.length > 0) {
      throw new VedetteError('stack-failed', `No worker scans with ${idle.join(', ')}.`, {
        remedy: `Start one with vedette worker --source ${idle.join(',')}, or without --source.`,
      });
    }
    const scans = scanning.map(({ id, count }) => `${count} for scans with ${id}`).join(', ');
    return { detail: `${workers.length} on task queue ${taskQueue}; ${scans}` };
  } finally {
    await connection.close();
  }
}

async function credentials({ config, signal }: CommandContext, profile: string): Promise<Finding> {
  const access = await profileAccess(profile, config);
  const { accountId } = await identityOf(access, { signal, timeoutMs: PROFILE_TIMEOUT_MS });
  return { detail: `account ${accountId}` };
}

function noProfiles(): never {
  throw new VedetteError('nothing-to-scan', 'The AWS configuration has no profiles.');
}
