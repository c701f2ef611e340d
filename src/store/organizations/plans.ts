import { VedetteError } from '../../errors.ts';
import {
  accountLimitRefusal,
  CURRENCY,
  memberLimitRefusal,
  ORG_FEATURES_REFUSAL,
  TEAM_INVITES_REFUSAL,
  TIER_LIMITS,
} from '../../model/plan.ts';
import type { Feature, Plan, SubscriptionStatus, Tier } from '../../model/plan.ts';
import type { Config } from '../../settings.ts';
import { recordChange } from '../access/audit.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { isoTimeOrNull, sqlTime } from '../database/values.ts';
import { reading } from '../people/users.ts';
import { changeOf, unknown } from './organizations.ts';

interface SubscriptionRow {
  tier: Tier;
  status: SubscriptionStatus;
  member_limit: number | null;
  account_limit: number | null;
  price_pence: number | null;
  period_end: string | null;
  cancel_at: string | null;
  grace_until: string | null;
}

type Plans = Pick<Config, 'plans'>;

/** What an operator sets by hand. */
export interface PlanChange {
  tier: Tier;
  /** In place of what the tier has; undefined for that. */
  memberLimit?: number | undefined;
  accountLimit?: number | undefined;
}

/** The plan of an organisation; whoever has none has the first. */
export async function planOf(query: Session['query'], organizationId: string): Promise<Plan> {
  const [row] = await query<SubscriptionRow>(
    `SELECT tier, status, member_limit, account_limit, price_pence, period_end, cancel_at, grace_until
      FROM vedette_subscriptions WHERE organization_id = ?`,
    [organizationId],
  );
  return planFrom(row);
}

/** What is left of it when it was not paid for too long. */
export function planInForce(plan: Plan, now: Date): Plan {
  const isLost = plan.graceUntil !== null && Date.parse(plan.graceUntil) <= now.getTime();
  return isLost ? { ...planFrom(undefined), status: plan.status, graceUntil: plan.graceUntil } : plan;
}

/**
 * Sets the plan by hand; what was agreed with Stripe stays there.
 *
 * @throws VedetteError `not-found`
 */
export async function setPlan(
  store: Store,
  config: Config,
  organizationId: string,
  change: PlanChange,
): Promise<Plan> {
  const { tier, memberLimit, accountLimit } = change;
  const now = sqlTime(new Date());
  await transaction(store, async (session) => {
    await lockOrganization(store, session, organizationId);
    const before = await planOf(session.query, organizationId);
    await recordChange(session, {
      ...changeOf(config, organizationId, 'organizations.plan'),
      before: { tier: before.tier, memberLimit: before.memberLimit, accountLimit: before.accountLimit },
      after: { tier, memberLimit: memberLimit ?? null, accountLimit: accountLimit ?? null },
    });
    const values = [
      tier,
      'active',
      memberLimit ?? null,
      accountLimit ?? null,
      TIER_LIMITS[tier].price_pence,
      now,
    ];
    const met = await session.execute(
      `UPDATE vedette_subscriptions
        SET tier = ?, status = ?, member_limit = ?, account_limit = ?, price_pence = ?, source_at = ?, grace_until = NULL
        WHERE organization_id = ?`,
      [...values, organizationId],
    );
    if (met > 0) return;
    await session.execute(
      `INSERT INTO vedette_subscriptions
          (tier, status, member_limit, account_limit, price_pence, source_at, created_at, currency, organization_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [...values, now, CURRENCY, organizationId],
    );
  });
  return planOf(reading(store), organizationId);
}

/**
 * Refuses a feature that the plan does not have.
 *
 * @throws VedetteError `plan-required`
 */
export async function requireFeature(
  query: Session['query'],
  { plans }: Plans,
  organizationId: string,
  feature: Feature,
): Promise<void> {
  if (!plans.enabled) return;
  const { tier } = planInForce(await planOf(query, organizationId), new Date());
  if (TIER_LIMITS[tier][feature]) return;
  throw new VedetteError('plan-required', REFUSALS[feature]);
}

const REFUSALS: Readonly<Record<Feature, string>> = {
  team_invites: TEAM_INVITES_REFUSAL,
  org_features: ORG_FEATURES_REFUSAL,
};

/**
 * Refuses one more person than the plan has room for, invitations that are open included. Within the transaction that adds
 * them: two at once cannot both be the last.
 *
 * @param pending whether invitations count; not when one of them is accepted
 * @throws VedetteError `plan-limit`
 */
export async function requireRoomForMember(
  store: Store,
  session: Session,
  { plans }: Plans,
  { organizationId, pending }: { organizationId: string; pending: boolean },
): Promise<void> {
  if (!plans.enabled) return;
  await lockOrganization(store, session, organizationId);
  const { tier, memberLimit: limit } = planInForce(await planOf(session.query, organizationId), new Date());
  if (limit === null) return;
  const used = await countMembers(session.query, organizationId, pending);
  if (used + 1 > limit) throw new VedetteError('plan-limit', memberLimitRefusal(limit, tier));
}

/** People, and where wanted the invitations that can still be accepted. */
export async function countMembers(
  query: Session['query'],
  organizationId: string,
  pending: boolean,
): Promise<number> {
  const [members] = await query<{ n: number }>(
    'SELECT COUNT(*) AS n FROM vedette_memberships WHERE organization_id = ?',
    [organizationId],
  );
  if (!pending) return members?.n ?? 0;
  const [invited] = await query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM vedette_invitations
      WHERE organization_id = ? AND open_key IS NOT NULL AND expires_at > ?`,
    [organizationId, sqlTime(new Date())],
  );
  return (members?.n ?? 0) + (invited?.n ?? 0);
}

/**
 * Refuses one more account than the plan has room for; another way into one that is known is none. Within the transaction that
 * adds it.
 *
 * @throws VedetteError `plan-limit`
 */
export async function requireRoomForAccount(
  store: Store,
  session: Session,
  { plans }: Plans,
  { organizationId, accountId }: { organizationId: string; accountId: string },
): Promise<void> {
  if (!plans.enabled) return;
  await lockOrganization(store, session, organizationId);
  const { tier, accountLimit: limit } = planInForce(await planOf(session.query, organizationId), new Date());
  if (limit === null) return;
  const others = await countAccounts(session.query, organizationId, accountId);
  if (others + 1 > limit) throw new VedetteError('plan-limit', accountLimitRefusal(limit, tier));
}

/** Cloud accounts, however many ways lead into each; without that one. */
export async function countAccounts(
  query: Session['query'],
  organizationId: string,
  without = '',
): Promise<number> {
  const [found] = await query<{ n: number }>(
    'SELECT COUNT(DISTINCT account_id) AS n FROM vedette_accounts WHERE organization_id = ? AND account_id <> ?',
    [organizationId, without],
  );
  return found?.n ?? 0;
}

/** What changes the same organisation waits; SQLite has one writer anyway. */
async function lockOrganization(store: Store, session: Session, organizationId: string): Promise<void> {
  const lock = store.dialect === 'mysql' ? ' FOR UPDATE' : '';
  const found = await session.query(
    `SELECT id FROM vedette_organizations WHERE organization_id = ? AND deleted_at IS NULL${lock}`,
    [organizationId],
  );
  if (found.length === 0) throw unknown(organizationId);
}

function planFrom(row: SubscriptionRow | undefined): Plan {
  const tier = row?.tier ?? 'FREE';
  const { members, accounts, price_pence } = TIER_LIMITS[tier];
  return {
    tier,
    status: row?.status ?? 'active',
    memberLimit: row?.member_limit ?? members,
    accountLimit: row?.account_limit ?? accounts,
    currency: CURRENCY,
    price_pence: row === undefined ? price_pence : row.price_pence,
    periodEnd: isoTimeOrNull(row?.period_end ?? null),
    cancelAt: isoTimeOrNull(row?.cancel_at ?? null),
    graceUntil: isoTimeOrNull(row?.grace_until ?? null),
  };
}
