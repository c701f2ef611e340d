import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ScanWithScope } from '../../../../../src/api/schemas/scans.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { StatusBadge } from '../../../components/badge.tsx';
import { Fact, Facts, Page, Section } from '../../../components/page.tsx';
import { SourceName } from '../../../components/sources.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { durationText, numberText, titleCase } from '../../../lib/format.ts';
import { Findings } from './findings.tsx';
import { NotEvaluated } from './not-evaluated.tsx';
import { scanQuery } from './queries.ts';
import { Services } from './services.tsx';

const route = getRouteApi('/app/scans/$scanId');

export function ScanPage() {
  const { scanId } = route.useParams();
  const query = useQuery(scanQuery(Number(scanId)));
  return (
    <Page
      title={`Scan ${scanId}`}
      lead={
        query.data === undefined ? (
          ' '
        ) : (
          <AccountName accountId={query.data.accountId} name={query.data.profile} />
        )
      }
    >
      <QueryView query={query} skeleton={<Skeleton rows={16} />}>
        {(scan) => (
          <>
            <ScanFacts scan={scan} />
            <Section title="What it did to events">
              <Counters scan={scan} />
            </Section>
            <Section title="What was not evaluated">
              <NotEvaluated scan={scan} />
            </Section>
            <Section title="Findings">
              <Findings scanId={scan.scanId} />
            </Section>
            <Section title="Where it looked">
              <Services scope={scan.scope} />
            </Section>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function ScanFacts({ scan }: { scan: ScanWithScope }) {
  return (
    <Facts>
      <Fact name="Status">
        <StatusBadge status={scan.status} />
      </Fact>
      <Fact name="Scanned">
        <Time at={scan.scanTime} exact />
      </Fact>
      <Fact name="Profile">
        <Plain>{scan.profile ?? '–'}</Plain>
      </Fact>
      <Fact name="Source">
        <SourceName id={scan.source} /> <Plain>{scan.version}</Plain>
      </Fact>
      <Fact name="Run">
        <RunLink runId={scan.runId} />
      </Fact>
      <Fact name="Stored in">{durationText(scan.durationMs)}</Fact>
      <Fact name="Notified">{numberText(scan.notified)}</Fact>
    </Facts>
  );
}

function RunLink({ runId }: { runId: string | null }) {
  if (runId === null) return <>imported</>;
  return (
    <Link to="/runs/$runId" params={{ runId }}>
      <Id>{runId}</Id>
    </Link>
  );
}

function Counters({ scan: { events } }: { scan: ScanWithScope }) {
  return (
    <ul className="tiles">
      {Object.entries(events).map(([name, count]) => (
        <li key={name} className="tile">
          <span className="tile-number">{numberText(count)}</span>
          {name === 'total' ? 'In the scan' : name === 'still' ? 'Still there' : titleCase(name)}
        </li>
      ))}
    </ul>
  );
}
