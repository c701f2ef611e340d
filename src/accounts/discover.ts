import { VedetteError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Config } from '../settings.ts';
import { listAccounts } from '../store/accounts/accounts.ts';
import type { Store } from '../store/database/store.ts';
import { requireFeature } from '../store/organizations/plans.ts';
import { reading } from '../store/people/users.ts';
import { openBaseIdentity } from './base-identity.ts';
import type { BaseIdentity } from './base-identity.ts';
import { enterAccount } from './entering.ts';
import { parseRoleArn } from './role-arn.ts';
import { SILENT } from './sdk.ts';
import { listTargets } from './targets.ts';

/** The service has one region in each partition; every other one of it leads there. */
const ITS_REGION = 'us-east-1';
const ROLE_NAME = /^[\w+=,.@/-]{1,64}$/;

/** An account of AWS Organizations, or one known here that it does not have. */
export interface DiscoveredAccount {
  accountId: string;
  /** As AWS Organizations has it, or as it is known here. */
  name: string;
  partition: string;
  /** `closed`: AWS Organizations has it, but it is suspended or being closed. `left`: only we know it. */
  state: 'new' | 'known' | 'closed' | 'left';
  /** What it is called here. */
  knownAs: readonly string[];
}

interface Listed {
  accountId: string;
  name: string;
  partition: string;
  active: boolean;
}

/**
 * Compares what AWS Organizations has with what the organisation has here, by account id.
 *
 * @param baseProfile who asks; null for vedette's own identity
 * @throws VedetteError `plan-required`, `credentials` or `aws-unreachable`; the signal's reason when it is aborted
 */
export async function discoverAccounts(
  store: Store,
  config: Config,
  { baseProfile, signal }: { baseProfile: string | null; signal: AbortSignal },
): Promise<DiscoveredAccount[]> {
  const { organizationId } = config.general;
  await requireFeature(reading(store), config, organizationId, 'org_features');
  const [listed, targets, entered] = await Promise.all([
    listedAccounts(await openBaseIdentity(baseProfile, config), signal),
    listTargets(organizationId, { config, store: async () => store }),
    listAccounts(store, organizationId),
  ]);
  const here = listed.map((account): DiscoveredAccount => {
    const { accountId, name, partition, active } = account;
    const knownAs = targets.filter((target) => target.accountId === accountId).map((target) => target.name);
    const state = active ? (knownAs.length > 0 ? 'known' : 'new') : 'closed';
    return { accountId, name, partition, state, knownAs };
  });
  const left = entered
    .filter(({ accountId }) => !listed.some((one) => one.accountId === accountId))
    .map(({ accountId, name, roleArn }): DiscoveredAccount => {
      const { partition } = parseRoleArn(roleArn);
      return { accountId, name, partition, state: 'left', knownAs: [name] };
    });
  return [...here, ...left].toSorted((one, other) => (one.accountId < other.accountId ? -1 : 1));
}

/**
 * Adds those that are new, each by the role of that name in it; they are called as in AWS Organizations, where that is
 * possible, else by their ids.
 *
 * @throws VedetteError `usage` for what is no name of a role
 */
export async function addDiscovered(
  store: Store,
  config: Config,
  found: readonly DiscoveredAccount[],
  wanted: { role: string } & Pick<Account, 'baseProfile' | 'createdBy'>,
): Promise<Account[]> {
  const { role, baseProfile, createdBy } = wanted;
  if (!ROLE_NAME.test(role)) {
    throw new VedetteError('usage', `${JSON.stringify(role)} is not the name of a role.`);
  }
  const { organizationId } = config.general;
  const targets = await listTargets(organizationId, { config, store: async () => store });
  const taken = new Set(targets.map(({ name }) => name));
  const added: Account[] = [];
  for (const { accountId, name, partition } of found.filter(({ state }) => state === 'new')) {
    const plain = nameFor(name, accountId, taken);
    taken.add(plain);
    const roleArn = `arn:${partition}:iam::${accountId}:role/${role}`;
    added.push(
      await enterAccount(store, config, organizationId, { name: plain, roleArn, baseProfile, createdBy }),
    );
  }
  return added;
}

/** Names of AWS Organizations are free text. */
function nameFor(name: string, accountId: string, taken: ReadonlySet<string>): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 48);
  const usable = plain !== '' && !/^\d{12}$/.test(plain) ? plain : `account-${accountId}`;
  return taken.has(usable) ? `${usable}-${accountId}` : usable;
}

async function listedAccounts(base: BaseIdentity, signal: AbortSignal): Promise<Listed[]> {
  const { OrganizationsClient, paginateListAccounts } = await import('@aws-sdk/client-organizations');
  const client = new OrganizationsClient({
    region: base.region ?? ITS_REGION,
    credentials: base.credentials,
    ...(base.endpoint === null ? {} : { endpoint: base.endpoint }),
    maxAttempts: 5,
    logger: SILENT,
  });
  const listed: Listed[] = [];
  try {
    // Without pageSize: the service gives as many as it likes, also none with more to come.
    for await (const { Accounts = [] } of paginateListAccounts({ client }, {})) {
      signal.throwIfAborted();
      for (const { Id: accountId, Name: name = '', Arn: arn = '', Status: status } of Accounts) {
        if (accountId === undefined) continue;
        listed.push({ accountId, name, partition: arn.split(':')[1] ?? 'aws', active: status === 'ACTIVE' });
      }
    }
    return listed;
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof Error && cause.name === 'AWSOrganizationsNotInUseException') {
      throw new VedetteError('credentials', 'The account of this identity is in no organisation of AWS.', {
        remedy: 'Take a profile of the management account: --base-profile.',
        cause,
      });
    }
    if (cause instanceof Error && cause.name === 'AccessDeniedException') {
      throw new VedetteError('credentials', 'This identity may not list the accounts of AWS Organizations.', {
        remedy:
          'Allow organizations:ListAccounts to it, in the management account or one with delegated administration.',
        cause,
      });
    }
    throw base.explain(cause);
  } finally {
    client.destroy();
  }
}
