/**
 * The tables of accounts, what they cost, what they comply with and what they are made of, as the first migration of them
 * makes them: frozen with it. What is different later gets a file of its own.
 *
 * A column is `name type`; `!` says that it is never NULL, `=` gives its default. Types: `sN` text of N characters, `acct` an
 * account's id, `hash` SHA-256 in hex, `money`, `pct`, `ratio`, `ts` a time in UTC, `date`, `big`, `int`, `bool`, `text`, `json`
 * (kept as text, so that all databases give it back the same), `id` a number that the database gives.
 *
 * Rows of an `entity` live through time (first and last seen, gone); those of a `fact` belong to a period; `system` is the
 * receiver's own.
 */
export interface View360Table {
  name: string;
  kind: 'entity' | 'fact' | 'system';
  about: string;
  /** What makes a row the same row: hashed into `row_key`, but for `system`, where it is unique by itself. */
  key: readonly string[];
  columns: string;
  indexes?: readonly (readonly string[])[];
  /** Column → table and its column. */
  foreignKeys?: Readonly<Record<string, readonly [table: string, column: string]>>;
}

/** Parents before their children, by the names without their prefix. */
export const VIEW360_TABLES_V1: readonly View360Table[] = [
  {
    name: 'schema_versions',
    kind: 'system',
    about: 'Which versions of these tables the database has been brought to',
    key: ['version'],
    columns: `
      version int!, applied_at ts!, checksum hash!, engine s20!`,
  },
  {
    name: 'report_clock',
    kind: 'system',
    about:
      'One row of as-of dates: views relative to now stay portable SQL and can be tested with a frozen clock. The receiver refreshes it at the start of each run',
    key: ['id'],
    columns: `
      id int!, as_of date!, d7 date!, d30 date!, d90 date!, in30 date!, in60 date!, in90 date!,
      month_start date!, prev_month_start date!, next_month_start date!, stale_before ts!`,
  },
  {
    name: 'ingest_runs',
    kind: 'system',
    about: 'One receiver run (Temporal workflow execution)',
    key: ['id'],
    columns: `
      id id!, organization_id s64!=default, workflow_id s255!, run_id s64!, trigger_kind s20!, status
      s20!, started_at ts!, finished_at ts, files_total int!, files_loaded int!, files_skipped int!,
      files_failed int!, rows_created big!, rows_updated big!, rows_skipped big!, rows_rejected big!,
      duration_ms big`,
    indexes: [['started_at']],
  },
  {
    name: 'ingest_files',
    kind: 'system',
    about: 'One row per S3 object VERSION seen; the idempotence ledger and the file state machine',
    key: ['bucket', 'object_key_hash', 'version_or_etag'],
    columns: `
      id id!, organization_id s64!=default, bucket s63!, object_key text!, object_key_hash hash!,
      version_or_etag s128!, sequencer s64, content_sha256 hash, size_bytes big, sse_kms_key s255,
      account_id acct, region s50, interval_kind s10, period_end date, payload_schema s40, generated_at
      ts, status s20!, attempts int!, error_code s40, error_message text, rows_created big!, rows_updated
      big!, rows_skipped big!, rows_rejected big!, duration_ms big, archived_key text, first_seen_at ts!,
      loaded_at ts, run_id big, coverage json`,
    indexes: [['status'], ['account_id', 'period_end'], ['content_sha256']],
  },
  {
    name: 'ingest_section_stats',
    kind: 'system',
    about: 'Counters and timing per file and section',
    key: ['file_id', 'section', 'table_name'],
    columns: `
      id id!, file_id big!, section s40!, table_name s64!, status s20!, rows_in big!, rows_created big!,
      rows_updated big!, rows_skipped big!, rows_rejected big!, rows_gone big!, duration_ms big!,
      error_message text`,
    foreignKeys: { file_id: ['ingest_files', 'id'] },
  },
  {
    name: 'ingest_rejects',
    kind: 'system',
    about: 'Row-level validation errors; never lost silently',
    key: ['file_id', 'section', 'json_path'],
    columns: `
      id id!, file_id big!, section s40!, json_path s255!, error_code s40!, message text!, row_json json,
      created_at ts!`,
    foreignKeys: { file_id: ['ingest_files', 'id'] },
  },
  {
    name: 'accounts',
    kind: 'entity',
    about: 'One row per AWS account (not per account and region)',
    key: ['account_id'],
    columns: `
      organization_id s64!=default, account_id acct!, account_name s255!, account_full s300!,
      account_email s255, account_status s50!, account_arn s255, joined_method s50, joined_timestamp ts,
      partner_name s255, customer_name s255, category s50, account_type s50, csp s10!, billing_account_id
      s64, org_unit_path s255, primary_region s50`,
    indexes: [['account_status'], ['customer_name'], ['partner_name'], ['organization_id']],
  },
  {
    name: 'account_regions',
    kind: 'entity',
    about: 'Multi-region support: which regions report, when last',
    key: ['account_id', 'region'],
    columns: `
      account_id acct!, region s50!, opt_in_status s30, last_payload_at ts, last_period_end date`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'quiet_notices',
    kind: 'system',
    about: 'Accounts that people were told have gone quiet: of each silence once',
    key: ['account_id'],
    columns: `
      account_id acct!, last_payload_at ts!, told_at ts!`,
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'contact_info',
    kind: 'entity',
    about: 'Primary contact (personal data: only when asked for)',
    key: ['account_id'],
    columns: `
      account_id acct!, address_line1 s255, address_line2 s255, address_line3 s255, city s100,
      country_code s2, postal_code s20, state_or_region s100, company_name s255, phone_number s40,
      website_url s255, full_name s255`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'alternate_contacts',
    kind: 'entity',
    about: 'BILLING, OPERATIONS, SECURITY contacts',
    key: ['account_id', 'contact_type'],
    columns: `
      account_id acct!, contact_type s20!, full_name s255, title s255, email s255, phone_number s40`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'products',
    kind: 'entity',
    about: 'Workloads/products (env PRODUCT, comma separated) or registered by the operator',
    key: ['organization_id', 'name'],
    columns: `
      id id!, organization_id s64!=default, name s255!, owner s255, position s255, description text`,
  },
  {
    name: 'product_accounts',
    kind: 'entity',
    about: 'Account to product',
    key: ['product_id', 'account_id'],
    columns: `
      product_id big!, account_id acct!, origin s10!`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'], product_id: ['products', 'id'] },
  },
  {
    name: 'services',
    kind: 'fact',
    about: 'Cost per service and period',
    key: ['account_id', 'service', 'usage_types', 'period_granularity', 'date_from'],
    columns: `
      account_id acct!, service s255!, usage_types s255!, period_granularity s10!, date_from date!,
      date_to date!, cost money!, effective_cost money, currency s3!, utilization money, utilization_unit
      s100, is_estimated bool!`,
    indexes: [
      ['account_id', 'period_granularity', 'date_from', 'currency', 'usage_types', 'cost'],
      ['account_id', 'service', 'currency', 'period_granularity', 'date_from', 'cost'],
    ],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'cost_reports',
    kind: 'fact',
    about: 'Account total per period vs previous comparable period',
    key: ['account_id', 'period_granularity', 'period_start', 'region'],
    columns: `
      account_id acct!, region s50!, period_granularity s10!, period_start date!, period_end date!,
      current_period_cost money!, previous_period_cost money, cost_difference money,
      cost_difference_percentage money, effective_cost money, currency s3!, potential_monthly_savings
      money, saving_opportunities_count int, anomalies_detected int, is_estimated bool!`,
    indexes: [
      ['account_id', 'region', 'period_granularity', 'period_start'],
      ['period_start', 'period_end'],
    ],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'service_costs',
    kind: 'fact',
    about: 'Top services of a cost report (top 5 in the payload)',
    key: ['cost_report_key', 'service_name'],
    columns: `
      cost_report_key hash!, account_id acct!, region s50!, service_name s255!, cost money!, rank_no int!`,
    indexes: [['account_id'], ['cost_report_key']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'cost_forecasts',
    kind: 'fact',
    about: 'Forecast made at a report; keeps history so accuracy can be measured',
    key: ['cost_report_key', 'period_start', 'metric'],
    columns: `
      cost_report_key hash!, account_id acct!, region s50!, metric s30!, period_start date!, period_end
      date!, amount money!, prediction_interval_lower_bound money, prediction_interval_upper_bound money,
      confidence_level int, made_on date!`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'cost_anomalies',
    kind: 'entity',
    about: 'Cost Anomaly Detection',
    key: ['account_id', 'anomaly_id'],
    columns: `
      account_id acct!, anomaly_id s64!, monitor_arn text, dimension_value s255, start_date date, end_date
      date, max_impact money, total_impact money, total_expected money, total_actual money, root_causes
      json, feedback s20`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'focus_cost_and_usage',
    kind: 'fact',
    about:
      'FOCUS 1.2 CostAndUsage rows, exact Column IDs (57). Loaded from AWS Data Exports FOCUS_1_2_AWS / FOCUS 1.0-1.2 CSV, or synthesised from Cost Explorer (x_Source=CE).',
    key: ['x_OrganizationId', 'x_SourcePartition', 'x_RowNumber'],
    columns: `
      AvailabilityZone s64, BilledCost money!, BillingAccountId s64!, BillingAccountName s255,
      BillingAccountType s64, BillingCurrency s3!, BillingPeriodEnd ts!, BillingPeriodStart ts!,
      CapacityReservationId text, CapacityReservationStatus s10, ChargeCategory s20!, ChargeClass s20,
      ChargeDescription text, ChargeFrequency s20, ChargePeriodEnd ts!, ChargePeriodStart ts!,
      CommitmentDiscountCategory s10, CommitmentDiscountId text, CommitmentDiscountName s255,
      CommitmentDiscountQuantity money, CommitmentDiscountStatus s10, CommitmentDiscountType s64,
      CommitmentDiscountUnit s64, ConsumedQuantity money, ConsumedUnit s64, ContractedCost money!,
      ContractedUnitPrice money, EffectiveCost money!, InvoiceId s64, InvoiceIssuerName s255!, ListCost
      money!, ListUnitPrice money, PricingCategory s20, PricingCurrency s3,
      PricingCurrencyContractedUnitPrice money, PricingCurrencyEffectiveCost money,
      PricingCurrencyListUnitPrice money, PricingQuantity money, PricingUnit s64, ProviderName s64!,
      PublisherName s255!, RegionId s50, RegionName s100, ResourceId text, ResourceName s255, ResourceType
      s100, ServiceCategory s64!, ServiceName s255!, ServiceSubcategory s100, SkuId s64, SkuMeter s255,
      SkuPriceDetails json, SkuPriceId s128, SubAccountId s64, SubAccountName s255, SubAccountType s64,
      Tags json, x_OrganizationId s64!=default, x_Source s10!, x_FocusVersion s10!, x_SourcePartition
      s128!, x_RowNumber big!, x_ChargeDate date!, x_BillingMonth s7!`,
    indexes: [
      ['SubAccountId', 'x_ChargeDate'],
      // All that the sums by service and month read.
      [
        'x_OrganizationId',
        'x_Source',
        'x_BillingMonth',
        'ProviderName',
        'BillingAccountId',
        'SubAccountId',
        'ServiceCategory',
        'ServiceName',
        'BillingCurrency',
        'BilledCost',
        'EffectiveCost',
        'ListCost',
        'ContractedCost',
      ],
      ['x_SourcePartition'],
    ],
  },
  {
    name: 'focus_tags',
    kind: 'fact',
    about: 'Tags of a FOCUS row exploded, so tag views need no JSON functions',
    key: ['focus_row_key', 'tag_key'],
    columns: `
      focus_row_key hash!, tag_key s255!, tag_value s1024`,
    indexes: [['focus_row_key', 'tag_key']],
  },
  {
    name: 'ri_sp_daily_savings',
    kind: 'fact',
    about: 'Reserved Instance / Savings Plan utilisation and savings per day',
    key: ['account_id', 'subscription_id', 'date_to', 'reservation_type'],
    columns: `
      account_id acct!, date_from date!, date_to date!, reservation_type s50!, subscription_id s255!,
      offering_id s255, savings_plan_arn text, service s100, instance_type s100, instance_count int,
      instance_family s100, instance_tenancy s50, offering_class s50, offering_type s50, product_types
      json, region s50, utilization_percentage money, on_demand_cost money, reservation_cost money,
      net_savings money, unused_commitment money, commitment money, upfront_cost money, recurring_cost
      money, recurring_frequency s20, usage_price money, currency s10, start_date ts, end_date ts,
      returnable_until ts, duration_seconds big, state s50, description text`,
    indexes: [['account_id', 'date_to'], ['end_date']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'commitment_recommendations',
    kind: 'entity',
    about: 'RI/SP purchase recommendations',
    key: ['account_id', 'kind', 'service', 'term', 'payment_option', 'detail_key'],
    columns: `
      account_id acct!, kind s20!, service s100!, term s20!, payment_option s30!, detail_key s128!,
      lookback s20, estimated_monthly_savings money, estimated_savings_percentage money, upfront_cost
      money, hourly_commitment money, recommended_count money`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'marketplace_usage',
    kind: 'fact',
    about: 'AWS Marketplace spend and entitlements',
    key: ['account_id', 'product_code', 'dimension', 'period_start'],
    columns: `
      account_id acct!, product_code s255!, product_name s255, dimension s255!, customer_identifier s255,
      value s255, expiration_date ts, cost_consumed money, currency s3, period_start date!, period_end
      date, status s50`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'config_reports',
    kind: 'fact',
    about: 'AWS Config rule compliance totals',
    key: ['account_id', 'region', 'date_from'],
    columns: `
      account_id acct!, region s50!, date_from date!, date_to date!, compliance_score pct, total_rules
      int!, compliant_rules int!, non_compliant_rules int!, curr_non_compliant int!, curr_compliant int!,
      mode s10!`,
    indexes: [['account_id', 'date_from', 'total_rules', 'compliant_rules']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'non_compliant_resources',
    kind: 'entity',
    about: 'Per-resource Config evaluation (also COMPLIANT rows in full mode)',
    key: ['account_id', 'region', 'rule_name', 'resource_type', 'resource_id'],
    columns: `
      account_id acct!, region s50!, config_report_key hash, rule_name s128!, resource_type s255!,
      resource_id s768!, conformance_pack s255, compliance_type s30!, annotation text, evaluation_mode
      s20, config_rule_invoked_time ts, result_recorded_time ts, status s20!, resolved_at ts`,
    indexes: [['account_id'], ['compliance_type'], ['rule_name']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'config_rules',
    kind: 'entity',
    about: 'Rule catalogue and rule-level verdict, so rules with 0 resources still show',
    key: ['account_id', 'region', 'rule_name'],
    columns: `
      account_id acct!, region s50!, rule_name s128!, rule_arn text, source_owner s20, source_identifier
      s255, state s20, compliance_type s30, non_compliant_count int, count_capped bool, conformance_pack
      s255`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'config_inventory',
    kind: 'entity',
    about: 'Resources known to AWS Config',
    key: ['account_id', 'region', 'resource_type', 'resource_id'],
    columns: `
      account_id acct!, region s50!, resource_type s255!, resource_subtype s255, resource_id s768!,
      resource_name s255, arn text, availability_zone s50, state s50, instance_type s50, instance_class
      s100, engine s100, vpc_id s64, size_gb big, volume_type s50, creation_date ts, multi_az bool, scheme
      s50, kind s100, instance_count int, min_size int, max_size int, available_ip_count int, tags json`,
    indexes: [['account_id', 'region', 'resource_type', 'gone_at'], ['resource_type']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'security',
    kind: 'fact',
    about: 'Security Hub totals per product/service and day',
    key: ['account_id', 'region', 'service', 'snapshot_date'],
    columns: `
      account_id acct!, region s50!, service s255!, snapshot_date date!, total_findings int!,
      critical_count int!, high_count int!, medium_count int!, low_count int!, informational_count int!,
      open_findings int!, resolved_findings int!, suppressed_findings int!`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'findings',
    kind: 'entity',
    about: 'Security Hub findings (ASFF)',
    key: ['account_id', 'finding_id'],
    columns: `
      account_id acct!, region s50!, security_key hash, finding_id s512!, service s255!, title text!,
      description text, severity s20!, severity_normalized int, status s50!, workflow_state s50,
      record_state s20, compliance_status s30, security_control_id s50, standards json, resource_type
      s255, resource_id text, resources json, recommendation text, product_name s255, company_name s255,
      product_arn text, generator_id text, generator s255, finding_created_at ts!, finding_updated_at ts!,
      resolved_at ts`,
    indexes: [
      ['account_id', 'severity', 'status', 'gone_at', 'resolved_at', 'finding_created_at', 'first_seen_at'],
      ['account_id', 'region', 'service', 'severity', 'status', 'gone_at', 'resolved_at'],
    ],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'guard_duty_findings',
    kind: 'entity',
    about: 'GuardDuty findings (keyed by finding id, not detector)',
    key: ['account_id', 'region', 'finding_id'],
    columns: `
      account_id acct!, region s50!, finding_id s300!, detector_id s300, finding_type s128, severity pct,
      title text, description text, confidence pct, resource_type s100, event_count int, archived bool,
      finding_created_at ts, finding_updated_at ts`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'kms_keys',
    kind: 'entity',
    about: 'KMS keys',
    key: ['account_id', 'region', 'key_id'],
    columns: `
      account_id acct!, region s50!, key_id s255!, arn text, description text, key_usage s50, key_spec
      s50, key_manager s20, origin s30, key_state s50, creation_date ts, deletion_date ts, enabled bool,
      key_rotation_enabled bool`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'waf_web_acls',
    kind: 'entity',
    about: 'WAFv2 web ACLs',
    key: ['account_id', 'region', 'waf_id'],
    columns: `
      account_id acct!, region s50!, waf_id s64!, name s128!, arn text, scope s20!, description text,
      default_action s10, default_action_json json, rules_count int, capacity int, managed_rules_count
      int, custom_rules_count int, rate_limit_rules_count int, associated_resources json, associated_count
      int, logging_enabled bool, geo_blocking_enabled bool, blocked_countries json`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'waf_rules_detailed',
    kind: 'entity',
    about: 'Rules of a web ACL',
    key: ['account_id', 'region', 'waf_id', 'rule_name'],
    columns: `
      account_id acct!, region s50!, waf_id s64!, web_acl_name s128!, rule_name s128!, priority int!,
      action s20, statement_type s100, is_managed_rule bool!, is_custom_rule bool!, rate_limit bool!,
      rate_limit_value big, logging_enabled bool, geo_blocking bool!, sql_injection bool!,
      has_xss_protection bool!, sample_request_enabled bool, cloudwatch_enabled bool, waf_version s10,
      is_compliant bool!, scope s20!`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'cloudtrail_logs',
    kind: 'entity',
    about: 'CloudTrail trails',
    key: ['account_id', 'home_region', 'arn_hash'],
    columns: `
      account_id acct!, region s50!, home_region s50!, arn_hash hash!, name s128!, arn text!, is_logging
      bool, is_multi_region bool, is_organization_trail bool, s3_bucket s63, kms_key_id text,
      log_file_validation bool, latest_delivery_time ts, latest_delivery_error text`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'secrets_manager_secrets',
    kind: 'entity',
    about: 'Secrets metadata (never values)',
    key: ['account_id', 'region', 'arn_hash'],
    columns: `
      account_id acct!, region s50!, arn_hash hash!, name s512!, arn text!, description text, created_date
      ts, last_changed_date ts, last_accessed_date ts, last_rotated_date ts, rotation_enabled bool,
      kms_key_id text`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'certificates',
    kind: 'entity',
    about: 'ACM certificates',
    key: ['account_id', 'region', 'arn_hash'],
    columns: `
      account_id acct!, region s50!, arn_hash hash!, arn text!, domain_name s255!, status s50, type s50,
      not_before ts, not_after ts, in_use bool, renewal_eligibility s20, key_algorithm s30`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'inspector_findings',
    kind: 'entity',
    about: 'Inspector v2 findings',
    key: ['account_id', 'finding_arn_hash'],
    columns: `
      account_id acct!, region s50!, finding_arn_hash hash!, finding_arn text!, severity s20, status s20,
      type s50, title text, description text, cve_id s64, inspector_score pct, epss_score ratio,
      exploit_available s10, fix_available s10, resource_type s50, resource_id text, first_observed_at ts,
      last_observed_at ts, finding_updated_at ts`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'iam_users',
    kind: 'entity',
    about: 'IAM users',
    key: ['account_id', 'user_id'],
    columns: `
      account_id acct!, user_id s128!, user_name s128!, arn text, create_date ts, password_last_used ts,
      mfa_active bool, password_enabled bool, access_key_count int, oldest_active_key_date ts,
      key_last_used ts`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'inventory_instances',
    kind: 'entity',
    about: 'SSM managed instances',
    key: ['account_id', 'region', 'instance_id'],
    columns: `
      account_id acct!, region s50!, instance_id s128!, instance_type s50, platform s100, platform_type
      s20, platform_version s100, agent_version s50, is_latest_version bool, ip_address s45, computer_name
      s255, ping_status s50, last_ping_date_time ts, association_status s50, association_execution_date
      ts, association_success_date ts, ssm_managed bool!`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'inventory_applications',
    kind: 'entity',
    about: 'Applications on an instance',
    key: ['account_id', 'region', 'instance_id', 'name', 'version'],
    columns: `
      account_id acct!, region s50!, instance_id s128!, name s255!, version s128!, publisher s255,
      architecture s50, application_type s100, install_time ts`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'inventory_patches',
    kind: 'entity',
    about: 'Patch state of an instance',
    key: ['account_id', 'region', 'instance_id', 'kb_id', 'title_hash'],
    columns: `
      account_id acct!, region s50!, instance_id s128!, kb_id s128!, title_hash hash!, title text!,
      classification s100, severity s50, state s50, installed_time ts, cve_ids text`,
    indexes: [['account_id', 'region', 'instance_id', 'state', 'severity', 'gone_at']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'service_resources',
    kind: 'entity',
    about: 'Resources by service',
    key: ['account_id', 'region', 'service_name', 'resource_type', 'resource_id'],
    columns: `
      account_id acct!, region s50!, service_name s64!, resource_type s128!, resource_id s768!,
      resource_name s255, availability_zone s50, state s50, instance_type s50, vpc_id s64, engine s100,
      instance_class s100, multi_az bool, size_gb big, volume_type s50, creation_date ts, kind s100,
      scheme s50, instance_count int, min_size int, max_size int, available_ip_count int, is_public bool,
      is_encrypted bool`,
    indexes: [['account_id', 'region', 'service_name', 'resource_type', 'state', 'gone_at', 'size_gb']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'resource_tags',
    kind: 'entity',
    about: 'Tags of resources (exploded)',
    key: ['account_id', 'region', 'resource_arn_hash', 'tag_key'],
    columns: `
      account_id acct!, region s50!, resource_arn_hash hash!, resource_arn text!, tag_key s128!, tag_value
      s256!`,
    indexes: [['account_id', 'tag_key', 'resource_arn_hash', 'gone_at']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'compute_optimizer',
    kind: 'entity',
    about: 'Compute Optimizer recommendations',
    key: ['account_id', 'resource_arn_hash'],
    columns: `
      account_id acct!, region s50!, resource_arn_hash hash!, resource_type s50!, resource_arn text!,
      resource_name s255, finding s50, finding_reasons json, current_instance_type s50,
      current_memory_size int, current_volume_type s50, current_volume_size int, recommended_instance_type
      s50, recommended_memory_size int, recommended_volume_type s50, recommended_volume_size int,
      savings_opportunity_percentage pct, estimated_monthly_savings_usd money, savings_currency s3,
      performance_risk pct, cpu_utilization_max pct, memory_utilization_avg pct, migration_effort s20,
      lookback_days pct, last_refresh ts`,
    indexes: [['account_id'], ['finding']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'trusted_advisor_checks',
    kind: 'entity',
    about: 'Trusted Advisor check results',
    key: ['account_id', 'check_id', 'language'],
    columns: `
      account_id acct!, check_id s64!, language s5!, check_name s255!, category s100, severity s20,
      recommendation text, resources_processed int, affected_resources_count int, resources_suppressed
      int, potential_savings money, potential_savings_percentage pct, check_timestamp ts`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'trusted_advisor_resources',
    kind: 'entity',
    about: 'Flagged resources of a check',
    key: ['account_id', 'check_id', 'resource_id'],
    columns: `
      account_id acct!, check_id s64!, resource_id s255!, status s20, region s50, is_suppressed bool,
      metadata json`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'health_events',
    kind: 'entity',
    about: 'AWS Health events',
    key: ['account_id', 'arn_hash'],
    columns: `
      account_id acct!, arn_hash hash!, arn text!, service s100, event_type_code s128, event_type_category
      s50, region s50, availability_zone s50, start_time ts, end_time ts, last_updated_time ts,
      status_code s20, event_scope_code s30, affected_count int, latest_description text`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'application_signals',
    kind: 'entity',
    about: 'CloudWatch Application Signals services',
    key: ['account_id', 'region', 'service_name', 'environment'],
    columns: `
      account_id acct!, region s50!, service_name s255!, environment s255!, namespace s255, key_attributes
      json, attribute_map json, metric_references json, window_start ts, window_end ts`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'application_slos',
    kind: 'entity',
    about: 'Service level objectives',
    key: ['account_id', 'region', 'arn_hash'],
    columns: `
      account_id acct!, region s50!, arn_hash hash!, arn text!, name s255!, service_name s255,
      attainment_goal pct, budget_status s30, attainment pct`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'resilience_hub_apps',
    kind: 'entity',
    about: 'Resilience Hub applications',
    key: ['account_id', 'region', 'app_arn_hash'],
    columns: `
      account_id acct!, region s50!, app_arn_hash hash!, app_arn text!, name s255!, description text,
      compliance_status s50, resiliency_score pct, status s50, cost money, creation_time ts,
      last_assessment_time ts, rpo big, rto big, last_drill ts`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'support_tickets',
    kind: 'entity',
    about: 'AWS Support cases',
    key: ['account_id', 'case_id'],
    columns: `
      account_id acct!, case_id s128!, display_id s50!, subject text!, status s50!, severity_code s20!,
      service_code s128, category_code s128, time_created ts!, time_resolved ts, submitted_by s255,
      language s10, date_from date, date_to date, last_communication_at ts`,
    indexes: [['account_id'], ['status'], ['severity_code']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'support_reports',
    kind: 'fact',
    about: 'Support case counters per period (so that zero tickets is data, not absence)',
    key: ['account_id', 'date_from'],
    columns: `
      account_id acct!, date_from date!, date_to date!, total_tickets int!`,
    indexes: [['account_id']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'logs',
    kind: 'fact',
    about: "the sender's status per account and file",
    key: ['account_id', 'region', 'interval_kind', 'date_created'],
    columns: `
      id id!, account_id acct!, region s50!, interval_kind s10!, date_created ts!, account_status s50!,
      config_status s50!, service_status s50!, cost_status s50!, security_status s50!, inventory_status
      s50!, marketplace_status s50!, trusted_advisor_status s50!, health_status s50!, application_status
      s50!, resilience_hub_status s50!, compute_optimizer_status s50!, ri_sp_savings_status s50!,
      service_resources_status s50!, config_inventory_status s50!, support_tickets_status s50!,
      overall_status s50!, collect_ms big, api_calls big, throttles big`,
    indexes: [['account_id', 'region', 'date_created']],
    foreignKeys: { account_id: ['accounts', 'account_id'] },
  },
  {
    name: 'log_messages',
    kind: 'fact',
    about: 'messages of a log row; every message is kept',
    key: ['log_key', 'seq'],
    columns: `
      id id!, log_id big!, log_key hash!, seq int!, message_type s20!, section s40, error_code s128,
      message text!`,
    indexes: [['message_type'], ['log_id']],
    foreignKeys: { log_id: ['logs', 'id'] },
  },
];
