import { Page } from '../../../components/page.tsx';
import { account, day, whole, worded } from '../shared/cells.tsx';
import type { ViewRow } from '../shared/queries.ts';
import { ACCOUNT, ViewPanel } from '../shared/view-panel.tsx';

/** Columns of the log that say how a section was collected. */
const STATUS = /^(\w+)_status$/;
const LESS = [
  ['Fail', 'Failed'],
  ['Partial', 'In part'],
  ['NotEnabled', 'Not enabled'],
  ['NotRun', 'Not asked'],
] as const;
const FRESHNESS: Readonly<Record<string, string>> = { FRESH: 'Fresh', STALE: 'Stale', NEVER: 'Never sent' };

export function InventoryPage() {
  return (
    <Page
      title="Inventory"
      lead="What every account is, and how much of it is known. What was not collected is not called empty."
    >
      <ViewPanel
        title="Accounts"
        view="view_accounts"
        columns={[
          ACCOUNT,
          { header: 'Customer', value: 'account_customer' },
          { header: 'Partner', value: 'account_partner', detail: true },
          { header: 'Environment', value: 'account_type' },
          { header: 'Product', value: 'project_product_name' },
          { header: 'Status', value: 'account_status' },
        ]}
        request={{ sort: 'account_name' }}
        empty="No account has sent anything yet."
      />
      <ViewPanel
        title="Freshness"
        view="view_account_freshness"
        columns={[
          ACCOUNT,
          { header: 'Region', value: 'region' },
          { header: 'Last heard of', value: day('last_payload_at') },
          { header: 'Last day', value: day('last_period_end') },
          {
            header: 'Freshness',
            value: worded('freshness', FRESHNESS),
          },
        ]}
        request={{ sort: 'last_payload_at' }}
        empty="No account has sent anything yet."
      />
      <ViewPanel
        title="Completeness"
        view="view_collection_status"
        columns={[
          { header: 'Account', names: true, value: account('account_id') },
          { header: 'Region', value: 'region' },
          { header: 'Collected', value: day('date_created') },
          {
            header: 'Not whole',
            value: notWhole,
            wide: true,
            rows: {
              view: 'view_acct_log_messages',
              by: [['account_id', 'account'], 'region', 'date_created'],
            },
          },
        ]}
        request={{ sort: 'account_id' }}
        empty="Nothing was collected yet."
      />
      <ViewPanel
        title="Resources"
        view="view_service_resources_summary"
        columns={[
          ACCOUNT,
          { header: 'Service', value: 'service_name' },
          { header: 'What', value: 'resource_type' },
          { header: 'Region', value: 'region' },
          { header: 'State', value: 'state' },
          {
            header: 'Number',
            value: 'resource_count',
            end: true,
            rows: {
              view: 'view_service_resources',
              by: ['account', 'region', 'service_name', 'resource_type', 'state'],
            },
          },
        ]}
        request={{ sort: '-resource_count' }}
        empty="No resources are known."
      />
      <ViewPanel
        title="Received files that need attention"
        view="view_ingest_errors"
        columns={[
          { header: 'File', value: 'object_key', names: true },
          { header: 'Status', value: 'status' },
          {
            header: 'Reason',
            value: whole('error_message'),
            wide: true,
          },
          { header: 'Seen', value: day('first_seen_at') },
        ]}
        request={{ sort: '-first_seen_at' }}
        empty="None: every file was loaded whole."
      />
    </Page>
  );
}

/** Which sections are less than they could be, the worst first. */
function notWhole(row: ViewRow) {
  const sections = Object.entries(row).flatMap(([column, value]) => {
    const [, name] = STATUS.exec(column) ?? [];
    return name === undefined || name === 'overall' ? [] : [{ name: name.replaceAll('_', ' '), value }];
  });
  const told = LESS.flatMap(([status, words]) => {
    const names = sections.filter(({ value }) => value === status).map(({ name }) => name);
    return names.length === 0 ? [] : [`${words}: ${names.join(', ')}`];
  });
  return told.length === 0 ? 'Everything was read' : told.join(' · ');
}
