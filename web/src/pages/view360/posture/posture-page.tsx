import { Page } from '../../../components/page.tsx';
import { day, percent } from '../shared/cells.tsx';
import { ACCOUNT, ViewPanel } from '../shared/view-panel.tsx';

export function PosturePage() {
  return (
    <Page
      title="AWS's own word"
      lead="What AWS Config, Security Hub, Support, Health and the certificate manager say of the accounts."
    >
      <ViewPanel
        title="Compliance by AWS Config"
        view="view_config_reports"
        columns={[
          ACCOUNT,
          { header: 'Day', value: day('date_from') },
          { header: 'Score', value: percent('compliance_score'), end: true },
          { header: 'Rules', value: 'total_rules', end: true },
          {
            header: 'Broken',
            value: 'non_compliant_rules',
            end: true,
            rows: { view: 'view_non_compliant_resources', by: ['account', 'region'] },
          },
        ]}
        request={{ sort: '-date_from' }}
        empty="AWS Config was not read, or no account has it."
      />
      <ViewPanel
        title="Rules that are broken most"
        view="view_config_rule_ranking"
        columns={[
          { header: 'Rule', value: 'rule_name', names: true },
          {
            header: 'Accounts',
            value: 'accounts_affected',
            end: true,
            rows: { view: 'view_non_compliant_resources', by: ['rule_name'] },
          },
          {
            header: 'Resources',
            value: 'open_resources',
            end: true,
            rows: { view: 'view_non_compliant_resources', by: ['rule_name'] },
          },
        ]}
        request={{ sort: '-open_resources' }}
        empty="None, or AWS Config was not read."
      />
      <ViewPanel
        title="Open findings of Security Hub, by age"
        view="view_findings_aging"
        columns={[
          ACCOUNT,
          {
            header: 'Severity',
            value: 'severity',
            rows: { view: 'view_acct_security_findings_details', by: ['account', 'severity'] },
          },
          { header: 'Under 7 days', value: 'under_7d', end: true },
          { header: '7 to 30', value: 'd7_to_30', end: true },
          { header: '30 to 90', value: 'd30_to_90', end: true },
          { header: 'Over 90', value: 'over_90d', end: true },
        ]}
        request={{ sort: '-over_90d' }}
        empty="None are open, or Security Hub was not read."
      />
      <ViewPanel
        title="Open support cases"
        view="view_support_open"
        columns={[
          ACCOUNT,
          { header: 'Severity', value: 'severity_code' },
          { header: 'Service', value: 'service_code' },
          {
            header: 'Cases',
            value: 'open_cases',
            end: true,
            rows: { view: 'view_acct_support_tickets', by: ['account', 'severity_code', 'service_code'] },
          },
          { header: 'Since', value: day('oldest') },
        ]}
        request={{ sort: 'oldest' }}
        empty="None are open, or the account has no plan that lets cases be read."
      />
      <ViewPanel
        title="Health events, open and to come"
        view="view_health_open"
        columns={[
          ACCOUNT,
          { header: 'Service', value: 'service' },
          { header: 'What', value: 'event_type_code' },
          { header: 'Region', value: 'region' },
          { header: 'From', value: day('start_time') },
          {
            header: 'Resources',
            value: 'affected_count',
            end: true,
            rows: { view: 'view_health_events', by: ['account', 'service', 'event_type_code', 'region'] },
          },
        ]}
        request={{ sort: 'start_time' }}
        empty="None, or the account has no plan that lets events be read."
      />
      <ViewPanel
        title="Certificates that expire within 60 days"
        view="view_certificates_expiring"
        columns={[
          ACCOUNT,
          { header: 'Domain', value: 'domain_name' },
          { header: 'Region', value: 'region' },
          { header: 'Expires', value: day('not_after') },
          { header: 'Urgency', value: 'urgency' },
        ]}
        request={{ sort: 'not_after' }}
        empty="None, or certificates were not read."
      />
      <ViewPanel
        title="Users without a second factor"
        view="view_iam_users_without_mfa"
        columns={[
          ACCOUNT,
          { header: 'User', value: 'user_name' },
          { header: 'Since', value: day('create_date') },
          { header: 'Keys', value: 'access_key_count', end: true },
        ]}
        empty="None, or users were not read."
      />
    </Page>
  );
}
