import type { ScanWithScope } from '../../../../../src/api/schemas/scans.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { Fact, Facts } from '../../../components/page.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { numberText } from '../../../lib/format.ts';

type Scope = ScanWithScope['scope'];
type Service = Scope['services'][number];

const column = columnsOf<Service>();
const columns = column.columns([
  column.accessor('service', {
    header: 'Service',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { names: true },
  }),
  column.accessor('resources', {
    header: 'Resources',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
  column.accessor('fetchErrors', {
    header: 'Errors',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
  column.accessor('regions', {
    header: 'Regions',
    cell: ({ getValue }) => <Plain>{getValue()?.join(', ') ?? 'global'}</Plain>,
    meta: { wide: true },
  }),
]);

export function Services({ scope: { services, requested, asked: checks } }: { scope: Scope }) {
  const asked = Object.entries({
    'Services asked for': requested.services,
    'Services left out': requested.skippedServices,
    'Regions asked for': requested.regions,
    'Regions left out': requested.excludedRegions,
    Depth: checks?.depth ? [checks.depth] : [],
    Frameworks: checks?.frameworks ?? [],
    Checks: checks?.checks ?? [],
  }).filter(([, names]) => names.length > 0);
  return (
    <>
      {asked.length > 0 && (
        <Facts>
          {asked.map(([name, names]) => (
            <Fact key={name} name={name}>
              <Plain>{names.join(', ')}</Plain>
            </Fact>
          ))}
        </Facts>
      )}
      <DataTable
        caption="Services and regions that the scan covered"
        columns={columns}
        rows={services}
        rowId={({ service }) => service}
        empty={<p>The scan covered no service.</p>}
      />
    </>
  );
}
