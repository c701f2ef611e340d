import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CatalogueCheck } from '../../../../../src/api/schemas/checks.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Fact, Facts, Section } from '../../../components/page.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { numberText, titleCase } from '../../../lib/format.ts';
import { catalogueCheckQuery } from '../shared/queries.ts';

/** Of a check of our own: when it fails, what it needs, which requirements it bears on, and what it says where. */
export function CheckAsks({ checkId, account }: { checkId: string; account: string[] | undefined }) {
  const query = useQuery(catalogueCheckQuery(checkId, account));
  return <QueryView query={query}>{(check) => <Asks check={check} />}</QueryView>;
}

function Asks({ check }: { check: CatalogueCheck }) {
  const { failsWhen, remediation, command, calls, depth, category, resourceType, equivalents } = check;
  const parameters = Object.entries(check.parameters);
  return (
    <>
      <Facts>
        <Fact name="Depth">{titleCase(depth)}</Fact>
        <Fact name="Category">{category}</Fact>
        <Fact name="Resource">
          <Id>{resourceType}</Id>
        </Fact>
        {parameters.map(([name, value]) => (
          <Fact key={name} name={name}>
            <Plain>{[value].flat().join(', ')}</Plain>
          </Fact>
        ))}
        {equivalents
          .filter(({ ids }) => ids.length > 0)
          .map(({ tool, title, ids }) => (
            <Fact key={tool} name={`In ${title}`}>
              <Id>{ids.join(', ')}</Id>
            </Fact>
          ))}
      </Facts>
      <div className="columns">
        <Section title="Fails when">
          <p>{failsWhen}</p>
        </Section>
        <Section title="What to do">
          <p>{remediation}</p>
          {command !== null && (
            <>
              <pre>{command}</pre>
              <CopyButton text={command} what="Command" />
            </>
          )}
        </Section>
        <Section title="What it needs">
          <p className="muted">Without an answer to any of these calls it is unknown.</p>
          <ul>
            {calls.map((call) => (
              <li key={call}>
                <Id>{call}</Id>
              </li>
            ))}
          </ul>
        </Section>
        <Section title="What it says">
          <DataTable
            caption="Verdicts by account"
            columns={accountColumns}
            rows={check.accounts}
            rowId={({ accountId }) => accountId}
            empty={<Empty title="No scan has asked it" />}
          />
        </Section>
      </div>
      <Section title="Requirements">
        <DataTable
          caption="Requirements that the check bears on"
          columns={frameworkColumns}
          rows={check.frameworks}
          rowId={({ id, mapping }) => `${id} ${mapping}`}
          empty={<Empty title="No framework speaks of it" />}
        />
      </Section>
    </>
  );
}

const account = columnsOf<CatalogueCheck['accounts'][number]>();
const accountColumns = account.columns([
  account.accessor('accountId', {
    header: 'Account',
    cell: ({ row: { original } }) => (
      <AccountName accountId={original.accountId} name={original.accountName} short />
    ),
    meta: { names: true },
  }),
  ...(['fail', 'pass', 'unknown', 'suppressed'] as const).map((count) =>
    account.accessor(count, {
      header: count === 'suppressed' ? 'Accepted' : titleCase(count),
      cell: ({ getValue }) => numberText(getValue()),
      meta: { end: true },
    }),
  ),
]);

const framework = columnsOf<CatalogueCheck['frameworks'][number]>();
const frameworkColumns = framework.columns([
  framework.accessor('name', {
    header: 'Framework',
    cell: ({ row: { original } }) => (
      <Link to="/compliance/$framework" params={{ framework: original.id }}>
        <Plain>{`${original.name} ${original.version}`}</Plain>
      </Link>
    ),
    meta: { names: true },
  }),
  framework.accessor('requirements', {
    header: 'Requirements',
    cell: ({ getValue }) => <Plain>{getValue().join(', ')}</Plain>,
    meta: { wide: true },
  }),
  framework.accessor('mapping', { header: 'Mapping', cell: ({ getValue }) => getValue() }),
]);
