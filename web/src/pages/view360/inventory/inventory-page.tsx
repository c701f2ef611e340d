import { Page } from '../../../components/page.tsx';
import { Plain } from '../../../components/text.tsx';
import type { ViewRow } from '../shared/queries.ts';
import { dayOf, textOf } from '../shared/values.ts';
import { ACCOUNT, ViewPanel } from '../shared/view-panel.tsx';

/** Columns of the log that say how a section was collected. */
const STATUS = /^(\w+)_status$/;
const NO_SECTION = new Set(['overall', 'account_status']);

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
          { header: 'Partner', value: 'account_partner' },
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
          { header: 'Last heard of', value: (row) => dayOf(row['last_payload_at']) },
          { header: 'Last day', value: (row) => dayOf(row['last_period_end']) },
          { header: 'Freshness', value: 'freshness' },
        ]}
        request={{ sort: 'last_payload_at' }}
        empty="No account has sent anything yet."
      />
      <ViewPanel
        title="Not whole"
        view="view_collection_status"
        columns={[
          { header: 'Account', value: 'account_id', names: true },
          { header: 'Collected', value: (row) => dayOf(row['date_created']) },
          { header: 'Failed', value: (row) => sectionsOf(row, 'Fail') },
          { header: 'In part', value: (row) => sectionsOf(row, 'Partial') },
          { header: 'Not enabled', value: (row) => sectionsOf(row, 'NotEnabled') },
          { header: 'Not run', value: (row) => sectionsOf(row, 'NotRun') },
        ]}
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
          { header: 'Number', value: 'resource_count', end: true },
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
          { header: 'Reason', value: 'error_message' },
          { header: 'Seen', value: (row) => dayOf(row['first_seen_at']) },
        ]}
        request={{ sort: '-first_seen_at' }}
        empty="None: every file was loaded whole."
      />
    </Page>
  );
}

function sectionsOf(row: ViewRow, status: string) {
  const names = Object.entries(row).flatMap(([column, value]) => {
    const [, name] = STATUS.exec(column) ?? [];
    return name === undefined || NO_SECTION.has(name) || value !== status ? [] : [name.replaceAll('_', ' ')];
  });
  return <Plain>{textOf(names.join(', '))}</Plain>;
}
