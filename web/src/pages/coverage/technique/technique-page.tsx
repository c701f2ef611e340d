import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { TechniqueDetails } from '../../../../../src/api/schemas/coverage.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Fact, Facts, Page, Section } from '../../../components/page.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain, WebLink } from '../../../components/text.tsx';
import { titleCase } from '../../../lib/format.ts';
import { CorrectButton } from '../shared/correct-button.tsx';
import { Corrections } from '../shared/corrections.tsx';
import { KINDS } from '../shared/kinds.ts';
import { techniqueQuery } from '../shared/queries.ts';
import { ServiceBadges } from '../shared/services.tsx';
import { Templates } from './templates.tsx';

type Detection = TechniqueDetails['technique']['detections'][number];
const route = getRouteApi('/app/coverage/$technique');
const column = columnsOf<Detection>();
const columns = column.columns([
  column.accessor('name', {
    header: 'Detection',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { names: true },
  }),
  column.accessor('accountId', {
    header: 'Account',
    cell: ({ getValue }) => <AccountName accountId={getValue()} short />,
  }),
  column.accessor('kind', { header: 'Kind', cell: ({ getValue }) => KINDS[getValue()] }),
  column.accessor('health', {
    header: 'Health',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
  column.accessor('region', { header: 'Region', meta: { detail: true } }),
  column.accessor('score', { header: 'Score', meta: { end: true } }),
  column.accessor('evidence', {
    header: 'Evidence',
    cell: ({ getValue }) => <Plain>{getValue()[0] ?? ''}</Plain>,
    meta: { wide: true },
  }),
  column.display({
    id: 'correct',
    header: 'Change',
    cell: ({ row: { original } }) => <CorrectButton detection={original} />,
  }),
]);

/** One technique: who sees it, how well, what is missing, and what would close the gap. */
export function TechniquePage() {
  const { technique: id } = route.useParams();
  const account = useScopedAccounts();
  const query = useQuery(techniqueQuery(id, { account }));
  const title = query.data === undefined ? id : `${id} ${query.data.technique.name}`;
  return (
    <Page title={title} lead={<Link to="/coverage">All techniques</Link>}>
      <QueryView query={query}>{(details) => <Details details={details} />}</QueryView>
    </Page>
  );
}

/** `Command and Control`, of `command-and-control` */
function tacticName(shortname: string): string {
  return shortname
    .split('-')
    .map((word) => (word === 'and' ? word : titleCase(word)))
    .join(' ');
}

function percent(value: number | null): string {
  return value === null ? 'not applicable' : `${value} %`;
}

function Details({ details: { technique, templates } }: { details: TechniqueDetails }) {
  const { status, effective, techniqueCoverage, serviceCoverage, missingRegions, detections } = technique;
  return (
    <>
      <Facts>
        <Fact name="Status">
          <StatusBadge status={status} />
        </Fact>
        <Fact name="Effective">{percent(effective)}</Fact>
        <Fact name="Technique">{percent(techniqueCoverage)}</Fact>
        <Fact name="Services">{percent(serviceCoverage)}</Fact>
        <Fact name="By detections alone">
          <StatusBadge status={technique.statusByDetections} />
        </Fact>
        <Fact name="Tactics">{technique.tactics.map(tacticName).join(', ')}</Fact>
      </Facts>
      <Section title="Services in scope">
        <ServiceBadges inScope={technique.inScopeServices} covered={technique.coveredServices} />
        {missingRegions.length > 0 && (
          <ul>
            {missingRegions.map(({ service, regions }) => (
              <li key={service}>
                {service}: nothing sees it in {regions.join(', ')}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section
        title="Detections"
        actions={
          detections.some(({ health }) => health === 'broken') && (
            <Link to="/coverage/detections" search={{ health: 'broken' }}>
              Why they are broken
            </Link>
          )
        }
      >
        <DataTable
          caption="Detections"
          columns={columns}
          rows={[...detections]}
          rowId={({ accountId, id }) => `${accountId} ${id}`}
          empty={
            <Empty title="Nothing would notice it">
              <p>
                {templates.length > 0 ? 'A template below closes the gap.' : 'No event shows it by itself.'}
              </p>
            </Empty>
          }
        />
        <p className="muted">
          Where one of them does not see it, or another does,{' '}
          <Link to="/coverage/detections">correct it</Link>.
        </p>
      </Section>
      <Corrections technique={technique.id} />
      <Templates templates={templates} />
      <p>
        <WebLink address={`https://attack.mitre.org/techniques/${technique.id.replace('.', '/')}/`} />
      </p>
    </>
  );
}
