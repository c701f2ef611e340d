import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Event } from '../../../../../src/api/schemas/events.ts';
import { printable } from '../../../../../src/text/printable.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { Fact, Facts, Page } from '../../../components/page.tsx';
import { Id, Plain } from '../../../components/text.tsx';
import { EventsTable } from '../shared/events-table.tsx';
import { HubTabs } from '../shared/hub-tabs.tsx';
import { eventsQuery } from '../shared/queries.ts';

const route = getRouteApi('/app/resources/$accountId/$');

/** All that is known of one resource. */
export function ResourcePage() {
  const { accountId, _splat: resourceId = '' } = route.useParams();
  const { cursor } = route.useSearch();
  const asked = { account: [accountId], resource: resourceId };
  const { data } = useQuery(eventsQuery({ ...asked, limit: 1 }));
  const [event] = data?.events ?? [];
  return (
    <Page title={printable(event?.resourceName ?? resourceId)} lead={<Id>{resourceId}</Id>}>
      <Facts>
        <Fact name="Account">
          <AccountName accountId={accountId} />
        </Fact>
        {event !== undefined && <KindFacts event={event} />}
      </Facts>
      <HubTabs label="Resource" tabs={[{ id: 'events', name: 'Events' }]} current="events" />
      <EventsTable subject="resource" query={{ ...asked, cursor }} />
    </Page>
  );
}

function KindFacts({ event }: { event: Event }) {
  return (
    <>
      <Fact name="Service">
        <Plain>{event.service}</Plain>
      </Fact>
      <Fact name="Type">
        <Plain>{event.resourceType}</Plain>
      </Fact>
      <Fact name="Region">
        <Plain>{event.region ?? 'global'}</Plain>
      </Fact>
    </>
  );
}
