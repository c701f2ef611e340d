import { VedetteError } from '../../errors.ts';
import { CURRENCY, isNearLimit, poundsOf, TIER_LIMITS, TIERS } from '../../model/plan.ts';
import { countAccounts, countMembers, planInForce, planOf } from '../../store/organizations/plans.ts';
import { reading } from '../../store/people/users.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { operation } from '../operation.ts';
import * as shapes from '../schemas/billing.ts';

const OFF = 'There is none where VEDETTE_PLANS is off.';

const showing = operation({
  tag: 'Organisations',
  access: 'look',
  id: 'showSubscription',
  summary: 'The plan of the organisation of the caller, and how much of it is used',
  description: OFF,
  mayBeMissing: true,
  answers: { 200: shapes.subscription },
});
const listing = operation({
  tag: 'Organisations',
  access: 'look',
  id: 'listPrices',
  summary: 'The plans that there are, with what they cost a month',
  description: OFF,
  mayBeMissing: true,
  answers: { 200: shapes.prices },
});

export function billingRoutes(app: App, { config, store }: Api): void {
  const demandPlans = (): void => {
    if (!config.plans.enabled) throw new VedetteError('not-found', 'This installation has no plans.');
  };

  app.get('/billing/subscription', showing, async (request) => {
    demandPlans();
    const { organizationId } = callerIn(request);
    const query = reading(await store());
    const plan = planInForce(await planOf(query, organizationId), new Date());
    const { tier, status, memberLimit, accountLimit, currency, price_pence, ...dates } = plan;
    const members = await countMembers(query, organizationId, true);
    const accounts = await countAccounts(query, organizationId);
    return {
      tier,
      status,
      currency,
      price_pence,
      price_pounds: poundsOf(price_pence),
      members: { used: members, limit: memberLimit, near: isNearLimit(members, memberLimit) },
      accounts: { used: accounts, limit: accountLimit, near: isNearLimit(accounts, accountLimit) },
      teamInvites: TIER_LIMITS[tier].team_invites,
      orgFeatures: TIER_LIMITS[tier].org_features,
      ...dates,
    };
  });
  app.get('/billing/prices', listing, async () => {
    demandPlans();
    return {
      prices: TIERS.map((tier) => {
        const { title, price_pence, members, accounts } = TIER_LIMITS[tier];
        const price = { currency: CURRENCY, price_pence, price_pounds: poundsOf(price_pence) } as const;
        return { tier, title, ...price, members, accounts };
      }),
    };
  });
}
