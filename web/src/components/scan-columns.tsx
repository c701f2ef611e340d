import { Link } from '@tanstack/react-router';
import type { Scan } from '../../../src/api/schemas/scans.ts';
import { numberText, titleCase } from '../lib/format.ts';
import { AccountName } from './account-name.tsx';
import { StatusBadge } from './badge.tsx';
import { SourceName } from './sources.tsx';
import { columnsOf } from './table-columns.ts';
import { Time } from './time.tsx';

const column = columnsOf<Scan>();

const scan = column.accessor('scanId', {
  header: 'Scan',
  cell: ({ getValue }) => (
    <Link to="/scans/$scanId" params={{ scanId: String(getValue()) }} className="row-link">
      {getValue()}
    </Link>
  ),
  meta: { names: true },
});
const account = column.accessor('accountId', {
  header: 'Account',
  cell: ({ row: { original } }) => <AccountName accountId={original.accountId} name={original.profile} />,
  meta: { wide: true },
});
const source = column.accessor('source', {
  header: 'Source',
  cell: ({ getValue }) => <SourceName id={getValue()} />,
  meta: { source: true },
});
const status = column.accessor('status', {
  header: 'Status',
  cell: ({ getValue }) => <StatusBadge status={getValue()} />,
});
const scanned = column.accessor('scanTime', {
  header: 'Scanned',
  cell: ({ getValue }) => <Time at={getValue()} />,
});
const flagged = column.accessor(({ findings }) => findings.flagged, {
  id: 'flagged',
  header: 'Checks flagged',
  cell: ({ row: { original } }) =>
    `${numberText(original.findings.flagged)} of ${numberText(original.findings.total)}`,
  meta: { end: true },
});
const eventsOf = (kind: keyof Scan['events']) =>
  column.accessor(({ events }) => events[kind], {
    id: kind,
    header: kind === 'total' ? 'Events' : titleCase(kind),
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  });
const total = eventsOf('total');
const changes = (['new', 'reopened', 'resolved', 'unverified'] as const).map(eventsOf);

/** Of scans of any account. */
export const scanColumns = column.columns([
  scan,
  account,
  source,
  status,
  scanned,
  flagged,
  total,
  ...changes,
]);

/** Of those of one account. */
export const scanColumnsOfAccount = column.columns([scan, source, status, scanned, ...changes]);
