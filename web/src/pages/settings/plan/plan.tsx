import { useQuery } from '@tanstack/react-query';
import type { Prices, Subscription } from '../../../../../src/api/schemas/billing.ts';
import { TIER_LIMITS } from '../../../../../src/model/plan.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { Fact, Facts, Section } from '../../../components/page.tsx';
import { QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Time } from '../../../components/time.tsx';
import { moneyText } from '../../../lib/format.ts';
import { subscriptionQuery, UpgradePrompt, Usage } from '../shared/plan.tsx';
import { pricesQuery } from './queries.ts';

type Price = Prices['prices'][number];

const column = columnsOf<Price & { current: boolean }>();
const columns = column.columns([
  column.accessor('title', {
    header: 'Plan',
    cell: ({ row: { original } }) => `${original.title}${original.current ? ' (yours)' : ''}`,
    meta: { names: true, wide: true },
  }),
  column.accessor('price_pence', { header: 'A month', cell: ({ getValue }) => priceText(getValue(), '') }),
  column.accessor('members', { header: 'People', cell: ({ getValue }) => limitText(getValue()) }),
  column.accessor('accounts', { header: 'Accounts', cell: ({ getValue }) => limitText(getValue()) }),
  column.display({
    id: 'invitations',
    header: 'Invitations',
    cell: ({ row: { original } }) => yesText(TIER_LIMITS[original.tier].team_invites),
  }),
  column.display({
    id: 'organizations',
    header: 'AWS Organizations',
    cell: ({ row: { original } }) => yesText(TIER_LIMITS[original.tier].org_features),
  }),
]);

const STATUSES: Readonly<Record<Subscription['status'], string>> = {
  active: 'active',
  past_due: 'not paid',
  canceled: 'ended',
};

/** What the organisation has, how much of it is used, and what else there is; only where plans are held to. */
export function PlanPage() {
  const subscription = useQuery(subscriptionQuery);
  const prices = useQuery(pricesQuery);
  return (
    <>
      <Section title="Plan">
        <QueryView query={subscription}>{(plan) => <Current plan={plan} />}</QueryView>
      </Section>
      <Section title="All plans">
        <QueryView query={prices}>
          {({ prices: all }) => (
            <DataTable
              caption="All plans"
              columns={columns}
              rows={all.map((price) => ({ ...price, current: price.tier === subscription.data?.tier }))}
              rowId={({ tier }) => tier}
              empty={null}
            />
          )}
        </QueryView>
      </Section>
    </>
  );
}

function Current({ plan }: { plan: Subscription }) {
  const { tier, status, members, accounts, periodEnd, cancelAt, graceUntil } = plan;
  return (
    <>
      <Facts>
        <Fact name="Plan">
          {TIER_LIMITS[tier].title}, {STATUSES[status]}
        </Fact>
        <Fact name="Price">{priceText(plan.price_pence)}</Fact>
        <Fact name="People">
          <Usage usage={members} what="people, open invitations included" />
        </Fact>
        <Fact name="Accounts">
          <Usage usage={accounts} what="cloud accounts" />
        </Fact>
        {periodEnd !== null && (
          <Fact name="Paid until">
            <Time at={periodEnd} exact />
          </Fact>
        )}
        {cancelAt !== null && (
          <Fact name="Ends">
            <Time at={cancelAt} exact />
          </Fact>
        )}
        {graceUntil !== null && (
          <Fact name="Kept although unpaid until">
            <Time at={graceUntil} exact />
          </Fact>
        )}
      </Facts>
      {!plan.teamInvites && <UpgradePrompt />}
      <p className="muted">
        Limits refuse what would be added; nobody is removed by them, and no scan stops. Whoever runs vedette
        changes the plan.
      </p>
    </>
  );
}

function priceText(pence: number | null, per = ' a month'): string {
  return pence === null ? 'as agreed' : `${moneyText(pence)}${per}`;
}

function limitText(limit: number | null): string {
  return limit === null ? 'unlimited' : String(limit);
}

function yesText(has: boolean): string {
  return has ? 'yes' : 'no';
}
