import { createHash } from 'node:crypto';
import { tableNamed } from '../../store/view360/tables.ts';
import type { Table } from '../../store/view360/tables.ts';
import type { Envelope } from './envelope.ts';

/** A row as the payload has it. */
export type PayloadRow = Readonly<Record<string, unknown>>;

/** What stands around a row. */
export interface Around {
  envelope: Envelope;
  organizationId: string;
  /** Its place among its brothers, from 0. */
  index: number;
  /** Where rows are the members of an object: its key. */
  key: string;
  /** What the row above it became: values by column, and `row_key` and `id`. */
  parent: Readonly<Record<string, unknown>>;
}

type Value = (row: PayloadRow, around: Around) => unknown;

/** Where the rows of a table are in a payload, and what becomes of their fields. */
export interface Mapping {
  table: Table;
  section: string;
  /** Keys from the root; `[]` is each element of a list, `{}` each member of an object. */
  path: readonly string[];
  /** Columns that are not simply the field of their name. */
  fields: Readonly<Record<string, Value>>;
  /** Keys of rows that hold rows of other tables. */
  nested: ReadonlySet<string>;
  /** The table of the rows that these lie in. */
  parent: string | undefined;
  /** Whether its `id` is needed of the parent, which the database gives. */
  needsParentId: boolean;
  /** A part of the section that is told of by itself. */
  part: string | undefined;
  /** Several rows of one, or none. */
  expand: ((row: unknown, around: Around) => readonly PayloadRow[]) | undefined;
  /** Rows live on though a complete section does not have them: only AWS says that they ended. */
  neverGone: boolean;
  /** Rows may be of accounts of the same organisation that the sender sees into. */
  ofOtherAccounts: boolean;
  /** Of facts: which rows of the database a complete section stands for, so that others go. */
  period: ((around: Pick<Around, 'envelope'>) => readonly [sql: string, ...values: string[]]) | undefined;
  /** When the row was last changed at AWS: an older one never overwrites a newer one. */
  changedAt: string | undefined;
}

interface Options extends Partial<Omit<Mapping, 'table' | 'section' | 'path' | 'nested'>> {}

const field =
  (...path: readonly string[]): Value =>
  (row) =>
    path.reduce<unknown>((value, name) => recordOf(value)[name], row);
const orElse =
  (name: string, fallback: unknown): Value =>
  (row) =>
    row[name] ?? fallback;
const sha256 = (value: unknown): string | undefined =>
  typeof value === 'string' ? createHash('sha256').update(value).digest('hex') : undefined;
const hashOf =
  (name: string): Value =>
  (row) =>
    sha256(row[name]);
const parentKey: Value = (_row, { parent }) => parent['row_key'];
const firstKey =
  (name: string): Value =>
  (row) => {
    const value = row[name];
    return typeof value === 'string' ? value : Object.keys(recordOf(value))[0]?.toUpperCase();
  };
const region: Value = (row, { envelope }) => row['region'] ?? envelope.region;
/** The same in every region's payload: kept once. */
const everywhere: Value = () => 'global';
const regionOfArn =
  (name: string): Value =>
  (row, { envelope }) => {
    const arn = row[name];
    return (typeof arn === 'string' ? arn.split(':')[3] : undefined) || envelope.region;
  };
const intervalOf: Value = (row, { envelope }) => row['period_granularity'] ?? envelope.interval;
/** Words of AWS that are written in two ways: `Overprovisioned`, `OVER_PROVISIONED`. */
const OPTIMIZER_FINDINGS: Readonly<Record<string, string>> = {
  overprovisioned: 'OVER_PROVISIONED',
  underprovisioned: 'UNDER_PROVISIONED',
  optimized: 'OPTIMIZED',
  notoptimized: 'NOT_OPTIMIZED',
};
const CLOSED = /^(?:RESOLVED|ARCHIVED)$/;

function serviceAsFocus(row: PayloadRow, { envelope, organizationId }: Around): PayloadRow[] {
  if ((row['period_granularity'] ?? envelope.interval) !== 'DAILY') return [];
  if ((row['usage_types'] ?? 'Aggregated') !== 'Aggregated') return [];
  const day = row['date_from'];
  const account = envelope.account;
  const start = typeof day === 'string' ? day.slice(0, 10) : '';
  const month = start.slice(0, 7);
  const cost = row['cost'];
  return [
    {
      BilledCost: cost,
      EffectiveCost: row['effective_cost'] ?? cost,
      // Cost Explorer has neither; views of savings leave such rows out.
      ListCost: cost,
      ContractedCost: cost,
      BillingAccountId: account['billing_account_id'] ?? envelope.accountId,
      BillingCurrency: row['currency'] ?? 'USD',
      BillingPeriodStart: `${month}-01`,
      BillingPeriodEnd: nextMonth(month),
      ChargeCategory: 'Usage',
      ChargePeriodStart: row['date_from'],
      ChargePeriodEnd: row['date_to'],
      InvoiceIssuerName: 'AWS',
      ProviderName: 'AWS',
      PublisherName: 'AWS',
      ServiceCategory: 'Other',
      ServiceName: row['service'],
      SubAccountId: envelope.accountId,
      SubAccountName: account['account_name'],
      x_OrganizationId: organizationId,
      x_Source: 'CE',
      x_FocusVersion: '1.2',
      x_SourcePartition: `ce:${envelope.accountId}:${start}:${sha256(row['service'])?.slice(0, 40) ?? ''}`,
      x_RowNumber: 1,
      x_ChargeDate: start,
      x_BillingMonth: month,
    },
  ];
}

function nextMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}

/** What a message of an earlier payload says: `{section: text}`. */
function messageRows(row: unknown): PayloadRow[] {
  const message = recordOf(row);
  if ('message' in message || 'type' in message) return [message];
  return Object.entries(message).map(([part, text]) => ({
    type: 'ERROR',
    section: part,
    message: typeof text === 'string' ? text : JSON.stringify(text),
  }));
}

/** `orders, payments` as a product each. */
function productRows(row: unknown): PayloadRow[] {
  const names = typeof row === 'string' ? row.split(',').map((name) => name.trim()) : [];
  return [...new Set(names)].filter((name) => name !== '').map((name) => ({ name }));
}

const SECTIONS_OF_LOGS =
  'account config service cost security inventory marketplace trusted_advisor health application resilience_hub compute_optimizer ri_sp_savings service_resources config_inventory support_tickets';
/** The worst comes first; what was not run says nothing about how the rest went. */
const WORST_FIRST = ['Fail', 'Partial', 'Pass', 'NotEnabled', 'NotRun'];

const logFields = Object.fromEntries(
  SECTIONS_OF_LOGS.split(' ').map((name): [string, Value] => [
    `${name}_status`,
    (row, { envelope }) => row[`${name}_status`] ?? envelope.told[name]?.status ?? 'NotRun',
  ]),
);
const worst: Value = (row, around) => {
  const statuses = Object.values(logFields).map((status) => status(row, around));
  return WORST_FIRST.find((word) => statuses.includes(word)) ?? 'NotRun';
};

const servicePeriod: Mapping['period'] = ({ envelope }) => [
  'account_id = ? AND period_granularity = ? AND date_from >= ? AND date_from < ?',
  envelope.accountId,
  envelope.interval,
  envelope.period.start,
  envelope.period.end,
];

/** Parents before children; the tables of a section follow each other. */
export const mappings: readonly Mapping[] = withNested([
  map('accounts', 'account', {
    organization_id: (_row, { organizationId }) => organizationId,
    account_id: (_row, { envelope }) => envelope.accountId,
    account_name: (row, { envelope }) => row['account_name'] ?? envelope.accountId,
    account_full: (row, { envelope }) =>
      `${envelope.accountId}-${textOf(row['account_name']) ?? envelope.accountId}`,
    account_status: orElse('account_status', 'ACTIVE'),
    csp: orElse('csp', 'AWS'),
    primary_region: field('region'),
  }),
  map('account_regions', 'account.regions[]', {
    last_payload_at: (_row, { envelope }) => envelope.generatedAt,
    last_period_end: (_row, { envelope }) => envelope.periodEnd,
  }),
  map('contact_info', 'account.contact_info'),
  map('alternate_contacts', 'account.alternate_contacts{}', {
    contact_type: (_row, { key }) => key.toUpperCase(),
    full_name: field('name'),
    phone_number: field('phone'),
  }),
  map(
    'products',
    'account.product',
    { organization_id: (_row, { organizationId }) => organizationId },
    {
      expand: productRows,
      neverGone: true,
    },
  ),
  map(
    'product_accounts',
    'account.product',
    { product_id: (_row, { parent }) => parent['id'], origin: () => 'sender' },
    { expand: productRows, parent: 'products', needsParentId: true },
  ),
  map(
    'services',
    'service[]',
    {
      usage_types: orElse('usage_types', 'Aggregated'),
      period_granularity: intervalOf,
      currency: orElse('currency', 'USD'),
      is_estimated: orElse('is_estimated', false),
    },
    { period: servicePeriod },
  ),
  map(
    'focus_cost_and_usage',
    'service[]',
    {},
    {
      expand: (row, around) => serviceAsFocus(recordOf(row), around),
      period: ({ envelope }) => [
        "x_Source = 'CE' AND SubAccountId = ? AND x_ChargeDate >= ? AND x_ChargeDate < ? AND 'DAILY' = ?",
        envelope.accountId,
        envelope.period.start,
        envelope.period.end,
        envelope.interval,
      ],
    },
  ),
  map('cost_reports', 'cost', {
    region: everywhere,
    period_granularity: (row, around) =>
      field('period', 'granularity')(row, around) ?? around.envelope.interval,
    period_start: (row, around) => field('period', 'start')(row, around) ?? around.envelope.period.start,
    period_end: (row, around) => field('period', 'end')(row, around) ?? around.envelope.period.end,
    currency: orElse('currency', 'USD'),
    is_estimated: orElse('is_estimated', false),
  }),
  map(
    'service_costs',
    'cost.top_services[]',
    {
      cost_report_key: parentKey,
      region: everywhere,
      service_name: field('service'),
      rank_no: (_row, { index }) => index + 1,
    },
    { parent: 'cost_reports' },
  ),
  map(
    'cost_forecasts',
    'cost.forecast[]',
    {
      cost_report_key: parentKey,
      region: everywhere,
      metric: orElse('metric', 'UNBLENDED_COST'),
      period_start: field('period', 'start'),
      period_end: field('period', 'end'),
      made_on: (row, { envelope }) => row['made_on'] ?? envelope.generatedAt.slice(0, 10),
    },
    { parent: 'cost_reports' },
  ),
  map('cost_anomalies', 'cost.anomalies[]', {}, { neverGone: true }),
  map('ri_sp_daily_savings', 'ri_sp_savings[]', {
    reservation_type: (row) => (textOf(row['reservation_type']) ?? '').toUpperCase().replaceAll(' ', '_'),
    product_types: (row) =>
      typeof row['product_types'] === 'string' ? row['product_types'].split(',') : row['product_types'],
    region: field('region'),
  }),
  map('commitment_recommendations', 'ri_sp_recommendations[]', { detail_key: orElse('detail_key', '') }),
  map('marketplace_usage', 'marketplace[]', { dimension: orElse('dimension', '') }),
  map('config_reports', 'config', {
    region,
    mode: orElse('mode', 'changed'),
    curr_non_compliant: orElse('curr_non_compliant', 0),
    curr_compliant: orElse('curr_compliant', 0),
  }),
  map(
    'non_compliant_resources',
    'config.non_compliant_resources[]',
    {
      region,
      config_report_key: parentKey,
      conformance_pack: orElse('conformance_pack', 'Standalone'),
      status: (row) => (row['compliance_type'] === 'COMPLIANT' ? 'RESOLVED' : 'OPEN'),
      resolved_at: (row, { envelope }) =>
        row['compliance_type'] === 'COMPLIANT'
          ? (row['result_recorded_time'] ?? row['config_rule_invoked_time'] ?? envelope.generatedAt)
          : null,
    },
    { parent: 'config_reports' },
  ),
  map('config_rules', 'config.rules[]', { region }),
  map('config_inventory', 'config_inventory[]', { region, kind: field('type') }),
  map(
    'security',
    'security.security_hub[]',
    {
      region,
      snapshot_date: (_row, { envelope }) => envelope.periodEnd,
      critical_count: (row) => field('severity_counts', 'CRITICAL')(row, nowhere) ?? 0,
      high_count: (row) => field('severity_counts', 'HIGH')(row, nowhere) ?? 0,
      medium_count: (row) => field('severity_counts', 'MEDIUM')(row, nowhere) ?? 0,
      low_count: (row) => field('severity_counts', 'LOW')(row, nowhere) ?? 0,
      informational_count: (row) => field('severity_counts', 'INFORMATIONAL')(row, nowhere) ?? 0,
      total_findings: orElse('total_findings', 0),
      open_findings: orElse('open_findings', 0),
      resolved_findings: orElse('resolved_findings', 0),
      suppressed_findings: orElse('suppressed_findings', 0),
    },
    { part: 'security_hub' },
  ),
  map(
    'findings',
    'security.security_hub[].findings[]',
    {
      region,
      security_key: parentKey,
      service: (row, { parent }) => row['service'] ?? parent['service'],
      status: (row) => row['status'] ?? row['workflow_state'] ?? 'NEW',
      resource_type: orElse('resource_type', ''),
      finding_created_at: field('created_at'),
      finding_updated_at: (row) => row['updated_at'] ?? row['created_at'],
      resolved_at: (row) =>
        [row['status'], row['workflow_state'], row['record_state']].some((word) => CLOSED.test(String(word)))
          ? (row['updated_at'] ?? null)
          : null,
    },
    {
      part: 'security_hub',
      parent: 'security',
      neverGone: true,
      ofOtherAccounts: true,
      changedAt: 'finding_updated_at',
    },
  ),
  map(
    'guard_duty_findings',
    'security.guard_duty[]',
    {
      region,
      finding_id: field('id'),
      finding_type: field('type'),
      finding_created_at: field('created_at'),
      finding_updated_at: field('updated_at'),
    },
    { part: 'guard_duty', neverGone: true, changedAt: 'finding_updated_at' },
  ),
  map('kms_keys', 'security.kms[]', { region }, { part: 'kms' }),
  map(
    'waf_web_acls',
    'security.waf[]',
    {
      region,
      waf_id: field('id'),
      scope: orElse('scope', 'REGIONAL'),
      default_action: firstKey('default_action'),
      default_action_json: field('default_action'),
      associated_count: ({ associated_resources: resources }) =>
        Array.isArray(resources) ? resources.length : null,
    },
    { part: 'waf' },
  ),
  map(
    'waf_rules_detailed',
    'security.waf_rules[]',
    { region, action: firstKey('action'), scope: orElse('scope', 'REGIONAL') },
    { part: 'waf_rules' },
  ),
  map(
    'cloudtrail_logs',
    'security.cloudtrail[]',
    {
      region,
      home_region: (row, around) => row['home_region'] ?? regionOfArn('arn')(row, around),
      arn_hash: hashOf('arn'),
    },
    { part: 'cloudtrail' },
  ),
  map(
    'secrets_manager_secrets',
    'security.secrets_manager[]',
    { region, arn_hash: hashOf('arn') },
    { part: 'secrets_manager' },
  ),
  map(
    'certificates',
    'security.certificate_manager[]',
    { region, arn_hash: hashOf('arn') },
    { part: 'certificate_manager' },
  ),
  map(
    'inspector_findings',
    'security.inspector[]',
    { region, finding_arn_hash: hashOf('finding_arn'), finding_updated_at: field('updated_at') },
    { part: 'inspector' },
  ),
  map('iam_users', 'security.iam.users[]', {}, { part: 'iam' }),
  map('inventory_instances', 'inventory.instances[]', { region, ssm_managed: orElse('ssm_managed', true) }),
  map('inventory_applications', 'inventory.applications[]', { region, version: orElse('version', '') }),
  map('inventory_patches', 'inventory.patches[]', {
    region,
    kb_id: orElse('kb_id', ''),
    title_hash: hashOf('title'),
    cve_ids: ({ cve_ids: ids }) => (Array.isArray(ids) ? ids.join(', ') : ids),
  }),
  map('service_resources', 'service_resources[]', { region, kind: field('type') }),
  map('resource_tags', 'resource_tags[]', { region, resource_arn_hash: hashOf('resource_arn') }),
  map('compute_optimizer', 'compute_optimizer[]', {
    region,
    resource_arn_hash: hashOf('resource_arn'),
    finding: ({ finding }) =>
      typeof finding === 'string'
        ? (OPTIMIZER_FINDINGS[finding.toLowerCase().replaceAll(/[_ ]/g, '')] ?? finding)
        : finding,
  }),
  map('trusted_advisor_checks', 'trusted_advisor[]', {
    check_id: (row) => row['check_id'] ?? sha256(row['check_name']),
    language: orElse('language', 'en'),
    check_timestamp: field('timestamp'),
  }),
  map(
    'trusted_advisor_resources',
    'trusted_advisor[].resources[]',
    { check_id: (_row, { parent }) => parent['check_id'], region: field('region') },
    { parent: 'trusted_advisor_checks' },
  ),
  map('health_events', 'health[]', { arn_hash: hashOf('arn'), region: field('region') }),
  map('application_signals', 'application[]', { region, environment: orElse('environment', '') }),
  map('application_slos', 'application_slos[]', { region, arn_hash: hashOf('arn') }),
  map('resilience_hub_apps', 'resilience_hub[]', { region, app_arn_hash: hashOf('app_arn') }),
  map('support_reports', 'support_tickets'),
  map(
    'support_tickets',
    'support_tickets.tickets[]',
    {
      date_from: (row, { parent }) => row['date_from'] ?? parent['date_from'],
      date_to: (row, { parent }) => row['date_to'] ?? parent['date_to'],
      time_resolved: (row) =>
        row['status'] === 'resolved' ? (row['time_resolved'] ?? row['last_communication_at'] ?? null) : null,
    },
    { parent: 'support_reports', neverGone: true },
  ),
  map('logs', 'logs', {
    region,
    interval_kind: (_row, { envelope }) => envelope.interval,
    date_created: (_row, { envelope }) => envelope.generatedAt,
    ...logFields,
    overall_status: worst,
    collect_ms: (_row, { envelope }) => envelope.collectMs,
    api_calls: (_row, { envelope }) => envelope.apiCalls,
    throttles: (_row, { envelope }) => envelope.throttles,
  }),
  map(
    'log_messages',
    'logs.message[]',
    {
      log_id: (_row, { parent }) => parent['id'],
      log_key: parentKey,
      seq: (_row, { index }) => index + 1,
      message_type: orElse('type', 'ERROR'),
      error_code: field('code'),
    },
    { parent: 'logs', needsParentId: true, expand: messageRows },
  ),
]);

/** In the order in which they are loaded. */
export const SECTIONS: readonly string[] = [...new Set(mappings.map(({ section }) => section))];

const nowhere = {} as Around;
const known = new Set(['meta', ...SECTIONS]);
const prefixes = new Set(
  mappings.flatMap(({ path, nested }) => [
    ...path.map((_key, length) => path.slice(0, length).join('.')),
    ...(nested.size > 0 ? [path.join('.')] : []),
  ]),
);

export function isKnownSection(name: string): boolean {
  return known.has(name);
}

/** Whether there are rows below, so that one must look inside instead of reading the whole. */
export function leadsToRows(path: readonly string[]): boolean {
  return prefixes.has(path.join('.'));
}

/** Where the list or object is whose emptiness means that there is nothing. */
export function containerOf({ path }: Mapping): string {
  const last = path.at(-1);
  return (last === '[]' || last === '{}' ? path.slice(0, -1) : path).join('.');
}

function map(table: string, path: string, fields: Mapping['fields'] = {}, options: Options = {}): Mapping {
  const keys = path.replaceAll('[]', '.[]').replaceAll('{}', '.{}').split('.');
  return {
    parent: undefined,
    needsParentId: false,
    part: undefined,
    expand: undefined,
    neverGone: false,
    ofOtherAccounts: false,
    period: undefined,
    changedAt: undefined,
    ...options,
    table: tableNamed(table),
    section: keys[0] as string,
    path: keys,
    fields,
    nested: new Set(),
  };
}

/** Rows that hold rows of other tables are not read as a whole. */
function withNested(list: readonly Mapping[]): Mapping[] {
  return list.map((one) => {
    const below = list.filter(
      ({ path }) => path.length > one.path.length && one.path.every((key, at) => path[at] === key),
    );
    return { ...one, nested: new Set(below.map(({ path }) => path[one.path.length] as string)) };
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
