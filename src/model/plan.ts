/** What an organisation pays for, the least first. */
export const TIERS = ['FREE', 'INDIVIDUAL', 'PRO', 'ENTERPRISE'] as const;
export type Tier = (typeof TIERS)[number];

/** What only some tiers have. */
export type Feature = 'team_invites' | 'org_features';

/** What a tier allows; null where there is no limit, or no fixed price. Pence are the truth, by the month. */
export interface TierLimits {
  title: string;
  price_pence: number | null;
  /** People, the owner included. */
  members: number | null;
  accounts: number | null;
  team_invites: boolean;
  org_features: boolean;
}

export const TIER_LIMITS = {
  FREE: { title: 'Free', price_pence: 0, members: 1, accounts: 1, team_invites: false, org_features: false },
  INDIVIDUAL: {
    title: 'Individual',
    price_pence: 2900,
    members: 3,
    accounts: 6,
    team_invites: true,
    org_features: false,
  },
  PRO: {
    title: 'Pro',
    price_pence: 25_000,
    members: 10,
    accounts: 500,
    team_invites: true,
    org_features: true,
  },
  ENTERPRISE: {
    title: 'Enterprise',
    price_pence: null,
    members: null,
    accounts: null,
    team_invites: true,
    org_features: true,
  },
} as const satisfies Record<Tier, TierLimits>;

export const CURRENCY = 'gbp';

export const SUBSCRIPTION_STATUSES = ['active', 'past_due', 'canceled'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** How an organisation's plan stands. Times are ISO 8601 in UTC. */
export interface Plan {
  tier: Tier;
  status: SubscriptionStatus;
  memberLimit: number | null;
  accountLimit: number | null;
  currency: typeof CURRENCY;
  /** By the month; null for an agreed price that is not known here. */
  price_pence: number | null;
  periodEnd: string | null;
  cancelAt: string | null;
  /** Until when nothing changes although it is not paid; null while it is. */
  graceUntil: string | null;
}

/** How long an organisation that does not pay keeps what it had. */
export const GRACE_DAYS = 14;

/** What is refused, and how to get it, in the words of the requirements. */
export const TEAM_INVITES_REFUSAL =
  'Team member invitations require Individual tier (£29/mo) or higher. Collaborate with your team by upgrading.';
export const ORG_FEATURES_REFUSAL = 'Accounts of AWS Organizations require Pro tier (£250/mo) or higher.';

export function memberLimitRefusal(limit: number, tier: Tier): string {
  return `Team member limit (${limit}) reached. ${upgradeFrom(tier)} for more team members.`;
}

export function accountLimitRefusal(limit: number, tier: Tier): string {
  return `Cloud account limit (${limit}) reached. ${upgradeFrom(tier)} for more cloud accounts.`;
}

/** Whether a list should warn that hardly anything is left. */
export function isNearLimit(used: number, limit: number | null): boolean {
  return limit !== null && limit - used <= Math.max(1, Math.floor(limit / 5));
}

function upgradeFrom(tier: Tier): string {
  const next = TIERS[TIERS.indexOf(tier) + 1];
  return next === undefined ? 'Ask those who run this installation' : `Upgrade to ${TIER_LIMITS[next].title}`;
}

/** Null where there is no fixed price. */
export function poundsOf(pence: number | null): number | null {
  return pence === null ? null : pence / 100;
}
