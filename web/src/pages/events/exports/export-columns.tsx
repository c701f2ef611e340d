import { DataTable } from '../../../components/data-table.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import type { ExportFormat } from '../shared/event-filter.ts';

interface FieldHelp {
  meaning: string;
  /** What each format calls it, where it has it. */
  names: Partial<Record<ExportFormat, string>>;
}

const FIELDS: readonly FieldHelp[] = [
  {
    meaning: 'Number of the event',
    names: { csv: 'ID', jsonl: 'id', ocsf: 'metadata.uid', asff: 'Id, after the last /' },
  },
  {
    meaning: 'How grave it is: critical, high, medium, low or info; in OCSF 5 to 1',
    names: { csv: 'LEVEL', jsonl: 'level', ocsf: 'severity_id', asff: 'Severity.Label' },
  },
  {
    meaning: 'active, suppressed or resolved; in OCSF 1, 3 or 4',
    names: { csv: 'STATUS', jsonl: 'status', ocsf: 'status_id', asff: 'Workflow.Status' },
  },
  {
    meaning: 'The AWS account',
    names: { csv: 'ACCOUNT', jsonl: 'accountId', ocsf: 'cloud.account.uid', asff: 'AwsAccountId' },
  },
  {
    meaning: 'What the account is called',
    names: { csv: 'ACCOUNT NAME', jsonl: 'accountName', ocsf: 'cloud.account.name' },
  },
  {
    meaning: 'Its region; empty for what is global',
    names: { csv: 'REGION', jsonl: 'region', ocsf: 'cloud.region', asff: 'Region' },
  },
  {
    meaning: 'The AWS service',
    names: {
      csv: 'SERVICE',
      jsonl: 'service',
      ocsf: 'resources[].group.name',
      asff: "ProductFields['vedette/service']",
    },
  },
  {
    meaning: 'What the resource is, such as bucket',
    names: {
      csv: 'RESOURCE TYPE',
      jsonl: 'resourceType',
      ocsf: 'resources[].type',
      asff: "ProductFields['vedette/resourceType']",
    },
  },
  { meaning: 'The resource’s name, or its id where it has none', names: { csv: 'RESOURCE' } },
  {
    meaning: 'The resource’s ARN, or its id or name',
    names: { csv: 'RESOURCE ID', jsonl: 'resourceId', ocsf: 'resources[].uid', asff: 'Resources[].Id' },
  },
  {
    meaning: 'The resource’s name, where it has one',
    names: { jsonl: 'resourceName', ocsf: 'resources[].name' },
  },
  {
    meaning: 'The check that it fails',
    names: { csv: 'CHECK', jsonl: 'checkId', ocsf: 'compliance.control', asff: 'GeneratorId, after the /' },
  },
  {
    meaning: 'Time of the first scan that brought it, UTC',
    names: {
      csv: 'FIRST SEEN',
      jsonl: 'firstSeen',
      ocsf: 'finding_info.first_seen_time',
      asff: 'FirstObservedAt',
    },
  },
  {
    meaning: 'Time of the last scan that brought it, UTC',
    names: {
      csv: 'LAST SEEN',
      jsonl: 'lastSeen',
      ocsf: 'finding_info.last_seen_time',
      asff: 'LastObservedAt',
    },
  },
  {
    meaning: 'Time of the scan that no longer found it, UTC',
    names: { csv: 'RESOLVED', jsonl: 'resolvedAt', ocsf: 'time' },
  },
  { meaning: 'What the check says', names: { csv: 'TITLE', asff: 'Title' } },
  { meaning: 'Why the check matters', names: { csv: 'WHY IT MATTERS', asff: 'Description' } },
  { meaning: 'What to do about it', names: { csv: 'WHAT TO DO', asff: 'Remediation.Recommendation.Text' } },
  { meaning: 'Why it is suppressed', names: { csv: 'SUPPRESSED BECAUSE' } },
  { meaning: 'Who answers for that', names: { csv: 'SUPPRESSION OWNER' } },
  { meaning: 'When that ends', names: { csv: 'SUPPRESSED UNTIL' } },
  { meaning: 'Time of the scan that brought it back, UTC', names: { jsonl: 'reopenedAt' } },
  { meaning: 'Whether a message has told of it', names: { jsonl: 'notified' } },
  { meaning: 'Where the report has it: the evidence', names: { jsonl: 'itemPath' } },
  {
    meaning: 'The tool that found it',
    names: { jsonl: 'source', ocsf: 'finding_info.data_sources', asff: "ProductFields['vedette/source']" },
  },
  {
    meaning: 'Whose event it is',
    names: { jsonl: 'organizationId', ocsf: 'finding_info.uid, before the /' },
  },
];

interface Row {
  name: string;
  meaning: string;
}
const column = columnsOf<Row>();
const columns = column.columns([
  column.accessor('name', {
    header: 'Field',
    cell: ({ getValue }) => <code>{getValue()}</code>,
    meta: { names: true },
  }),
  column.accessor('meaning', { header: 'Meaning', meta: { wide: true } }),
]);

export function ExportColumns({ format }: { format: ExportFormat }) {
  const rows = FIELDS.flatMap(({ meaning, names }) => {
    const name = names[format];
    return name === undefined ? [] : [{ name, meaning }];
  });
  return (
    <DataTable
      caption="Fields of the file"
      columns={columns}
      rows={rows}
      rowId={({ name }) => name}
      empty={null}
    />
  );
}
