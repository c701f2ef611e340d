import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Finding } from '../../../../../src/api/schemas/scans.ts';
import { printable } from '../../../../../src/text/printable.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { LevelBadge } from '../../../components/badge.tsx';
import { Fact, Facts, Page, Section } from '../../../components/page.tsx';
import { SourceName } from '../../../components/sources.tsx';
import { Id, Plain, RichText, WebLink } from '../../../components/text.tsx';
import { EventsTable } from '../shared/events-table.tsx';
import { HubTabs } from '../shared/hub-tabs.tsx';
import { catalogueQuery, findingsQuery } from '../shared/queries.ts';
import { CheckAccounts } from './check-accounts.tsx';
import { CheckAsks } from './check-asks.tsx';

const route = getRouteApi('/app/checks/$source/$service/$checkId');

/** All that is known of one check: what it looks for, where it fails, and where it was not evaluated. */
export function CheckPage() {
  const { source, service, checkId } = route.useParams();
  const { tab = 'events', cursor } = route.useSearch();
  const account = useScopedAccounts();
  const asked = { source: [source], service: [service], check: [checkId], account };
  const { data } = useQuery(findingsQuery({ ...asked, limit: 1 }));
  const [finding] = data?.findings ?? [];
  const { data: catalogue } = useQuery(catalogueQuery);
  const own = catalogue?.source === source ? catalogue.checks.find(({ id }) => id === checkId) : undefined;
  const level = finding?.level ?? own?.level;
  const tabs = [
    { id: 'events', name: 'Events' } as const,
    ...(own === undefined ? [] : [{ id: 'asks', name: 'What it asks' } as const]),
    ...(finding === undefined ? [] : [{ id: 'accounts', name: 'Accounts' } as const]),
  ];
  return (
    <Page title={printable(finding?.title ?? own?.title ?? checkId)} lead={<Id>{checkId}</Id>}>
      <Facts>
        {level !== undefined && (
          <Fact name="Level">
            <LevelBadge level={level} />
          </Fact>
        )}
        <Fact name="Service">
          <Plain>{service}</Plain>
        </Fact>
        <Fact name="Source">
          <SourceName id={source} />
        </Fact>
      </Facts>
      {finding !== undefined && tab !== 'asks' && <Explanation finding={finding} />}
      <HubTabs label="Check" tabs={tabs} current={tab} />
      {tab === 'events' && <EventsTable subject="check" query={{ ...asked, cursor }} />}
      {tab === 'asks' && own !== undefined && <CheckAsks checkId={checkId} account={account} />}
      {tab === 'accounts' && <CheckAccounts query={{ ...asked, cursor }} />}
    </Page>
  );
}

function Explanation({ finding: { rationale, remediation, references } }: { finding: Finding }) {
  return (
    <div className="columns">
      {rationale !== null && (
        <Section title="Why it matters">
          <RichText>{rationale}</RichText>
        </Section>
      )}
      {remediation !== null && (
        <Section title="What to do">
          <RichText>{remediation}</RichText>
        </Section>
      )}
      {references.length > 0 && (
        <Section title="References">
          <ul>
            {references.map((address) => (
              <li key={address}>
                <WebLink address={address} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
