/**
 * The views that people and tools read, as the first migration of them makes them: frozen with it. Plain SQL that every database
 * understands alike: no JSON, no dates reckoned (`report_clock` holds them), nothing joined to one text. `{name}` is a table,
 * `{account}` what every view tells of an account.
 */
export interface View360View {
  name: string;
  /** What it answers. */
  purpose: string;
  sql: string;
}

export const VIEW360_VIEWS_V1: readonly View360View[] = [
  {
    name: 'v_account_dim',
    purpose: 'Account labels and one product per account, joined by every other view',
    sql: `
      SELECT a.account_id AS account, a.organization_id, a.account_name, a.account_full, a.account_type,
      a.category AS account_category, a.account_status, a.partner_name AS account_partner, a.customer_name AS
      account_customer, (SELECT MIN(p.name) FROM {product_accounts} pa JOIN {products} p ON p.id = pa.product_id
      WHERE pa.account_id = a.account_id AND pa.gone_at IS NULL) AS project_product_name, (SELECT COUNT(*) FROM
      {product_accounts} pa WHERE pa.account_id = a.account_id AND pa.gone_at IS NULL) AS number_of_products FROM
      {accounts} a`,
  },
  {
    name: 'view_accounts',
    purpose: 'Account registry with product',
    sql: `
      SELECT t.account_id, t.account_email, t.account_arn, t.joined_method, t.joined_timestamp, t.partner_name,
      t.customer_name, t.category, t.csp, t.billing_account_id, t.org_unit_path, t.primary_region,
      t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account} FROM {accounts} t JOIN
      v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_account_regions',
    purpose: 'Regions reporting per account',
    sql: `
      SELECT t.account_id, t.region, t.opt_in_status, t.last_payload_at, t.last_period_end, t.first_seen_at,
      t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account} FROM {account_regions} t JOIN v_account_dim
      d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_contact_info',
    purpose: 'Primary contacts',
    sql: `
      SELECT t.account_id, t.address_line1, t.address_line2, t.address_line3, t.city, t.country_code,
      t.postal_code, t.state_or_region, t.company_name, t.phone_number, t.website_url, t.full_name,
      t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account} FROM {contact_info} t JOIN
      v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_alternate_contacts',
    purpose: 'Billing/operations/security contacts',
    sql: `
      SELECT t.account_id, t.contact_type, t.full_name, t.title, t.email, t.phone_number, t.first_seen_at,
      t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account} FROM {alternate_contacts} t JOIN
      v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_acct_serv',
    purpose: 'Service cost per period',
    sql: `
      SELECT t.account_id, t.service, t.usage_types, t.period_granularity, t.date_from, t.date_to, t.cost,
      t.effective_cost, t.currency, t.utilization, t.utilization_unit, t.is_estimated, t.created_at, t.updated_at,
      {account} FROM {services} t JOIN v_account_dim d ON d.account = t.account_id`,
  },
  {
    name: 'view_acct_cost_rep',
    purpose: 'Cost totals vs previous period',
    sql: `
      SELECT t.account_id, t.region, t.period_granularity, t.period_start, t.period_end, t.current_period_cost,
      t.previous_period_cost, t.cost_difference, t.cost_difference_percentage, t.effective_cost, t.currency,
      t.potential_monthly_savings, t.saving_opportunities_count, t.anomalies_detected, t.is_estimated,
      t.created_at, t.updated_at, t.period_start AS date_from, t.period_end AS date_to, {account} FROM
      {cost_reports} t JOIN v_account_dim d ON d.account = t.account_id`,
  },
  {
    name: 'view_acct_serv_cost',
    purpose: 'Top services of a report',
    sql: `
      SELECT t.cost_report_key, t.account_id, t.region, t.service_name, t.cost, t.rank_no, t.created_at,
      t.updated_at, {account} FROM {service_costs} t JOIN v_account_dim d ON d.account = t.account_id`,
  },
  {
    name: 'view_acct_cost_rep_forecast',
    purpose: 'Forecasts',
    sql: `
      SELECT t.cost_report_key, t.account_id, t.region, t.metric, t.period_start, t.period_end, t.amount,
      t.prediction_interval_lower_bound, t.prediction_interval_upper_bound, t.confidence_level, t.made_on,
      t.created_at, t.updated_at, r.currency, {account} FROM {cost_forecasts} t JOIN v_account_dim d ON d.account =
      t.account_id LEFT JOIN {cost_reports} r ON r.row_key = t.cost_report_key`,
  },
  {
    name: 'view_acct_security',
    purpose: 'Security Hub daily totals',
    sql: `
      SELECT t.account_id, t.region, t.service, t.snapshot_date, t.total_findings, t.critical_count, t.high_count,
      t.medium_count, t.low_count, t.informational_count, t.open_findings, t.resolved_findings,
      t.suppressed_findings, t.created_at, t.updated_at, {account} FROM {security} t JOIN v_account_dim d ON
      d.account = t.account_id`,
  },
  {
    name: 'view_acct_security_findings_details',
    purpose: 'Current findings',
    sql: `
      SELECT t.account_id, t.region, t.security_key, t.finding_id, t.service, t.title, t.description, t.severity,
      t.severity_normalized, t.status, t.workflow_state, t.record_state, t.compliance_status,
      t.security_control_id, t.standards, t.resource_type, t.resource_id, t.resources, t.recommendation,
      t.product_name, t.company_name, t.product_arn, t.generator_id, t.generator, t.finding_created_at,
      t.finding_updated_at, t.resolved_at, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at,
      {account} FROM {findings} t JOIN v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_products',
    purpose: 'Products',
    sql: `
      SELECT p.organization_id, p.id, p.name, p.owner, p.position, p.description, (SELECT COUNT(*) FROM
      {product_accounts} pa WHERE pa.product_id = p.id AND pa.gone_at IS NULL) AS account_count FROM {products} p
      WHERE p.gone_at IS NULL`,
  },
  {
    name: 'view_product_acct',
    purpose: 'Product to account pairs',
    sql: `
      SELECT p.id AS product_id, p.name AS product_name, p.owner AS product_owner, pa.origin, {account} FROM
      {products} p JOIN {product_accounts} pa ON pa.product_id = p.id AND pa.gone_at IS NULL JOIN v_account_dim d
      ON d.account = pa.account_id`,
  },
  {
    name: 'view_acct_products',
    purpose: 'Accounts with their products (also accounts without one)',
    sql: `
      SELECT {account}, p.id AS product_id, p.name AS product_name, p.owner AS product_owner FROM v_account_dim d
      LEFT JOIN {product_accounts} pa ON pa.account_id = d.account AND pa.gone_at IS NULL LEFT JOIN {products} p
      ON p.id = pa.product_id`,
  },
  {
    name: 'view_acct_logs',
    purpose: 'Collection status per account',
    sql: `
      SELECT t.id, t.account_id, t.region, t.interval_kind, t.date_created, t.config_status, t.service_status,
      t.cost_status, t.security_status, t.inventory_status, t.marketplace_status, t.trusted_advisor_status,
      t.health_status, t.application_status, t.resilience_hub_status, t.compute_optimizer_status,
      t.ri_sp_savings_status, t.service_resources_status, t.config_inventory_status, t.support_tickets_status,
      t.overall_status, t.collect_ms, t.api_calls, t.throttles, t.created_at, t.updated_at, {account} FROM {logs}
      t JOIN v_account_dim d ON d.account = t.account_id`,
  },
  {
    name: 'view_acct_log_messages',
    purpose: 'Collection messages',
    sql: `
      SELECT m.id, m.log_id, m.seq, m.message_type, m.section, m.error_code, m.message, m.created_at,
      l.date_created, l.region, {account} FROM {log_messages} m JOIN {logs} l ON l.id = m.log_id JOIN
      v_account_dim d ON d.account = l.account_id`,
  },
  {
    name: 'view_config_reports',
    purpose: 'Config score over time',
    sql: `
      SELECT t.account_id, t.region, t.date_from, t.date_to, t.compliance_score, t.total_rules, t.compliant_rules,
      t.non_compliant_rules, t.curr_non_compliant, t.curr_compliant, t.mode, t.created_at, t.updated_at, {account}
      FROM {config_reports} t JOIN v_account_dim d ON d.account = t.account_id`,
  },
  {
    name: 'view_non_compliant_resources',
    purpose: 'Open Config violations',
    sql: `
      SELECT t.account_id, t.region, t.config_report_key, t.rule_name, t.resource_type, t.resource_id,
      t.conformance_pack, t.compliance_type, t.annotation, t.evaluation_mode, t.config_rule_invoked_time,
      t.result_recorded_time, t.status, t.resolved_at, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at,
      t.updated_at, {account} FROM {non_compliant_resources} t JOIN v_account_dim d ON d.account = t.account_id
      WHERE t.gone_at IS NULL AND t.compliance_type = 'NON_COMPLIANT' AND t.status = 'OPEN'`,
  },
  {
    name: 'view_service_resources',
    purpose: 'Resource inventory',
    sql: `
      SELECT t.account_id, t.region, t.service_name, t.resource_type, t.resource_id, t.resource_name,
      t.availability_zone, t.state, t.instance_type, t.vpc_id, t.engine, t.instance_class, t.multi_az, t.size_gb,
      t.volume_type, t.creation_date, t.kind, t.scheme, t.instance_count, t.min_size, t.max_size,
      t.available_ip_count, t.is_public, t.is_encrypted, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at,
      t.updated_at, {account} FROM {service_resources} t JOIN v_account_dim d ON d.account = t.account_id WHERE
      t.gone_at IS NULL`,
  },
  {
    name: 'view_service_resources_summary',
    purpose: 'Counts per service, region and state',
    sql: `
      SELECT {account}, t.region, t.service_name, t.resource_type, t.state, t.resource_count,
      t.total_size_gb FROM (SELECT x.account_id, x.region, x.service_name, x.resource_type, x.state,
      COUNT(*) AS resource_count, SUM(COALESCE(x.size_gb,0)) AS total_size_gb FROM {service_resources} x
      WHERE x.gone_at IS NULL GROUP BY x.account_id, x.region, x.service_name, x.resource_type, x.state) t
      JOIN v_account_dim d ON d.account = t.account_id`,
  },
  {
    name: 'view_compute_optimizer',
    purpose: 'Rightsizing recommendations',
    sql: `
      SELECT t.account_id, t.region, t.resource_arn_hash, t.resource_type, t.resource_arn, t.resource_name,
      t.finding, t.finding_reasons, t.current_instance_type, t.current_memory_size, t.current_volume_type,
      t.current_volume_size, t.recommended_instance_type, t.recommended_memory_size, t.recommended_volume_type,
      t.recommended_volume_size, t.savings_opportunity_percentage, t.estimated_monthly_savings_usd,
      t.savings_currency, t.performance_risk, t.cpu_utilization_max, t.memory_utilization_avg, t.migration_effort,
      t.lookback_days, t.last_refresh, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at,
      {account} FROM {compute_optimizer} t JOIN v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS
      NULL`,
  },
  {
    name: 'view_guard_duty_findings',
    purpose: 'GuardDuty findings',
    sql: `
      SELECT t.account_id, t.region, t.finding_id, t.detector_id, t.finding_type, t.severity, t.title,
      t.description, t.confidence, t.resource_type, t.event_count, t.archived, t.finding_created_at,
      t.finding_updated_at, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at, CASE WHEN
      t.severity >= 9 THEN 'CRITICAL' WHEN t.severity >= 7 THEN 'HIGH' WHEN t.severity >= 4 THEN 'MEDIUM' ELSE
      'LOW' END AS severity_label, {account} FROM {guard_duty_findings} t JOIN v_account_dim d ON d.account =
      t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_kms_keys',
    purpose: 'KMS keys',
    sql: `
      SELECT t.account_id, t.region, t.key_id, t.arn, t.description, t.key_usage, t.key_spec, t.key_manager,
      t.origin, t.key_state, t.creation_date, t.deletion_date, t.enabled, t.key_rotation_enabled, t.first_seen_at,
      t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account} FROM {kms_keys} t JOIN v_account_dim d ON
      d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_waf_rules',
    purpose: 'Web ACLs',
    sql: `
      SELECT t.account_id, t.region, t.waf_id, t.name, t.arn, t.scope, t.description, t.default_action,
      t.default_action_json, t.rules_count, t.capacity, t.managed_rules_count, t.custom_rules_count,
      t.rate_limit_rules_count, t.associated_resources, t.associated_count, t.logging_enabled,
      t.geo_blocking_enabled, t.blocked_countries, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at,
      t.updated_at, {account} FROM {waf_web_acls} t JOIN v_account_dim d ON d.account = t.account_id WHERE
      t.gone_at IS NULL`,
  },
  {
    name: 'view_waf_rules_detailed',
    purpose: 'WAF rules',
    sql: `
      SELECT t.account_id, t.region, t.waf_id, t.web_acl_name, t.rule_name, t.priority, t.action,
      t.statement_type, t.is_managed_rule, t.is_custom_rule, t.rate_limit, t.rate_limit_value, t.logging_enabled,
      t.geo_blocking, t.sql_injection, t.has_xss_protection, t.sample_request_enabled, t.cloudwatch_enabled,
      t.waf_version, t.is_compliant, t.scope, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at,
      t.updated_at, {account} FROM {waf_rules_detailed} t JOIN v_account_dim d ON d.account = t.account_id WHERE
      t.gone_at IS NULL`,
  },
  {
    name: 'view_cloudtrail_logs',
    purpose: 'Trails',
    sql: `
      SELECT t.account_id, t.region, t.home_region, t.arn_hash, t.name, t.arn, t.is_logging, t.is_multi_region,
      t.is_organization_trail, t.s3_bucket, t.kms_key_id, t.log_file_validation, t.latest_delivery_time,
      t.latest_delivery_error, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account}
      FROM {cloudtrail_logs} t JOIN v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_secrets_manager_secrets',
    purpose: 'Secrets metadata',
    sql: `
      SELECT t.account_id, t.region, t.arn_hash, t.name, t.arn, t.description, t.created_date,
      t.last_changed_date, t.last_accessed_date, t.last_rotated_date, t.rotation_enabled, t.kms_key_id,
      t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account} FROM
      {secrets_manager_secrets} t JOIN v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_certificates',
    purpose: 'Certificates',
    sql: `
      SELECT t.account_id, t.region, t.arn_hash, t.arn, t.domain_name, t.status, t.type, t.not_before,
      t.not_after, t.in_use, t.renewal_eligibility, t.key_algorithm, t.first_seen_at, t.last_seen_at, t.gone_at,
      t.created_at, t.updated_at, {account} FROM {certificates} t JOIN v_account_dim d ON d.account = t.account_id
      WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_inspector_findings',
    purpose: 'Inspector findings',
    sql: `
      SELECT t.account_id, t.region, t.finding_arn_hash, t.finding_arn, t.severity, t.status, t.type, t.title,
      t.description, t.cve_id, t.inspector_score, t.epss_score, t.exploit_available, t.fix_available,
      t.resource_type, t.resource_id, t.first_observed_at, t.last_observed_at, t.finding_updated_at,
      t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account} FROM {inspector_findings}
      t JOIN v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_inventory_instances',
    purpose: 'Managed instances',
    sql: `
      SELECT t.account_id, t.region, t.instance_id, t.instance_type, t.platform, t.platform_type,
      t.platform_version, t.agent_version, t.is_latest_version, t.ip_address, t.computer_name, t.ping_status,
      t.last_ping_date_time, t.association_status, t.association_execution_date, t.association_success_date,
      t.ssm_managed, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account} FROM
      {inventory_instances} t JOIN v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_inventory_applications',
    purpose: 'Installed applications',
    sql: `
      SELECT t.account_id, t.region, t.instance_id, t.name, t.version, t.publisher, t.architecture,
      t.application_type, t.install_time, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at,
      {account} FROM {inventory_applications} t JOIN v_account_dim d ON d.account = t.account_id WHERE t.gone_at
      IS NULL`,
  },
  {
    name: 'view_inventory_patches',
    purpose: 'Patch state',
    sql: `
      SELECT t.account_id, t.region, t.instance_id, t.kb_id, t.title_hash, t.title, t.classification, t.severity,
      t.state, t.installed_time, t.cve_ids, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at,
      t.updated_at, {account} FROM {inventory_patches} t JOIN v_account_dim d ON d.account = t.account_id WHERE
      t.gone_at IS NULL`,
  },
  {
    name: 'view_marketplace_usage',
    purpose: 'Marketplace spend',
    sql: `
      SELECT t.account_id, t.product_code, t.product_name, t.dimension, t.customer_identifier, t.value,
      t.expiration_date, t.cost_consumed, t.currency, t.period_start, t.period_end, t.status, t.created_at,
      t.updated_at, {account} FROM {marketplace_usage} t JOIN v_account_dim d ON d.account = t.account_id`,
  },
  {
    name: 'view_trusted_advisor_checks',
    purpose: 'Trusted Advisor checks',
    sql: `
      SELECT t.account_id, t.check_id, t.language, t.check_name, t.category, t.severity, t.recommendation,
      t.resources_processed, t.affected_resources_count, t.resources_suppressed, t.potential_savings,
      t.potential_savings_percentage, t.check_timestamp, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at,
      t.updated_at, {account} FROM {trusted_advisor_checks} t JOIN v_account_dim d ON d.account = t.account_id
      WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_health_events',
    purpose: 'Health events',
    sql: `
      SELECT t.account_id, t.arn_hash, t.arn, t.service, t.event_type_code, t.event_type_category, t.region,
      t.availability_zone, t.start_time, t.end_time, t.last_updated_time, t.status_code, t.event_scope_code,
      t.affected_count, t.latest_description, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at,
      t.updated_at, {account} FROM {health_events} t JOIN v_account_dim d ON d.account = t.account_id WHERE
      t.gone_at IS NULL`,
  },
  {
    name: 'view_application_signals',
    purpose: 'Application Signals services',
    sql: `
      SELECT t.account_id, t.region, t.service_name, t.environment, t.namespace, t.key_attributes,
      t.attribute_map, t.metric_references, t.window_start, t.window_end, t.first_seen_at, t.last_seen_at,
      t.gone_at, t.created_at, t.updated_at, {account} FROM {application_signals} t JOIN v_account_dim d ON
      d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_resilience_hub_apps',
    purpose: 'Resilience Hub apps',
    sql: `
      SELECT t.account_id, t.region, t.app_arn_hash, t.app_arn, t.name, t.description, t.compliance_status,
      t.resiliency_score, t.status, t.cost, t.creation_time, t.last_assessment_time, t.rpo, t.rto, t.last_drill,
      t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account} FROM {resilience_hub_apps}
      t JOIN v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_acct_support_tickets',
    purpose: 'Support cases',
    sql: `
      SELECT t.account_id, t.case_id, t.display_id, t.subject, t.status, t.severity_code, t.service_code,
      t.category_code, t.time_created, t.time_resolved, t.submitted_by, t.language, t.date_from, t.date_to,
      t.last_communication_at, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at, {account}
      FROM {support_tickets} t JOIN v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_ri_sp_daily_savings',
    purpose: 'RI/SP savings per day',
    sql: `
      SELECT t.account_id, t.date_from, t.date_to, t.reservation_type, t.subscription_id, t.offering_id,
      t.savings_plan_arn, t.service, t.instance_type, t.instance_count, t.instance_family, t.instance_tenancy,
      t.offering_class, t.offering_type, t.product_types, t.region, t.utilization_percentage, t.on_demand_cost,
      t.reservation_cost, t.net_savings, t.unused_commitment, t.commitment, t.upfront_cost, t.recurring_cost,
      t.recurring_frequency, t.usage_price, t.currency, t.start_date, t.end_date, t.returnable_until,
      t.duration_seconds, t.state, t.description, t.created_at, t.updated_at, {account} FROM {ri_sp_daily_savings}
      t JOIN v_account_dim d ON d.account = t.account_id`,
  },
  {
    name: 'view_config_inventory',
    purpose: 'Config inventory',
    sql: `
      SELECT t.account_id, t.region, t.resource_type, t.resource_subtype, t.resource_id, t.resource_name, t.arn,
      t.availability_zone, t.state, t.instance_type, t.instance_class, t.engine, t.vpc_id, t.size_gb,
      t.volume_type, t.creation_date, t.multi_az, t.scheme, t.kind, t.instance_count, t.min_size, t.max_size,
      t.available_ip_count, t.tags, t.first_seen_at, t.last_seen_at, t.gone_at, t.created_at, t.updated_at,
      {account} FROM {config_inventory} t JOIN v_account_dim d ON d.account = t.account_id WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_summary',
    purpose: 'One row per account and granularity: cost, services, findings',
    sql: `
      SELECT {account}, d.number_of_products, c.period_granularity, c.period_start AS date_from, c.period_end AS
      date_to, ROUND(c.current_period_cost,2) AS current_period_cost, ROUND(c.previous_period_cost,2) AS
      previous_period_cost, ROUND(c.cost_difference,2) AS cost_difference, ROUND(c.cost_difference_percentage,4) AS
      cost_difference_percentage, ROUND(c.potential_monthly_savings,2) AS potential_savings, c.currency,
      COALESCE(s.total_findings,0) AS total_findings, COALESCE(s.open_findings,0) AS open_findings,
      COALESCE(s.resolved_findings,0) AS resolved_findings, COALESCE(s.critical_findings,0) AS critical_findings,
      COALESCE(s.high_findings,0) AS high_findings, ROUND(1.0*s.resolved_findings/NULLIF(s.total_findings,0),4) AS
      security_resolution_rate FROM v_account_dim d LEFT JOIN (SELECT x.account_id, x.period_granularity,
      MAX(x.period_start) AS period_start FROM {cost_reports} x WHERE x.region = 'global' GROUP BY x.account_id,
      x.period_granularity) z ON z.account_id = d.account LEFT JOIN {cost_reports} c ON c.account_id = z.account_id
      AND c.region = 'global' AND c.period_granularity = z.period_granularity AND c.period_start = z.period_start LEFT
      JOIN (SELECT f.account_id, COUNT(*) AS total_findings, SUM(CASE WHEN f.resolved_at IS NULL AND f.status NOT IN
      ('RESOLVED','SUPPRESSED') THEN 1 ELSE 0 END) AS open_findings, SUM(CASE WHEN f.status = 'RESOLVED' OR
      f.resolved_at IS NOT NULL THEN 1 ELSE 0 END) AS resolved_findings, SUM(CASE WHEN f.severity = 'CRITICAL' THEN 1
      ELSE 0 END) AS critical_findings, SUM(CASE WHEN f.severity = 'HIGH' THEN 1 ELSE 0 END) AS high_findings,
      SUM(CASE WHEN f.severity = 'MEDIUM' THEN 1 ELSE 0 END) AS medium_findings, SUM(CASE WHEN f.severity = 'LOW' THEN
      1 ELSE 0 END) AS low_findings FROM {findings} f WHERE f.gone_at IS NULL GROUP BY f.account_id) s ON s.account_id
      = d.account`,
  },
  {
    name: 'view_acct_summary',
    purpose:
      'One row per account; the latest report of each account; counts are of open findings; security_health_score is NULL where security was never read',
    sql: `
      SELECT {account}, c.current_period_cost AS latest_cost, c.cost_difference_percentage AS cost_trend_percentage,
      COALESCE(c.potential_monthly_savings,0) AS savings_opportunity, c.currency, COALESCE(s.open_findings,0) AS
      security_findings, COALESCE(s.critical_findings,0) AS critical_findings, COALESCE(s.high_findings,0) AS
      high_findings, COALESCE(i.instance_count,0) AS instance_count, COALESCE(i.online_instances,0) AS
      running_instances, CASE WHEN s.account_id IS NULL AND NOT EXISTS (SELECT 1 FROM {logs} l WHERE l.account_id =
      d.account AND l.security_status IN ('Pass','Partial')) THEN NULL WHEN s.critical_findings > 0 THEN 1 WHEN
      s.high_findings > 0 THEN 2 WHEN s.medium_findings > 0 THEN 3 WHEN s.low_findings > 0 THEN 4 ELSE 5 END AS
      security_health_score FROM v_account_dim d LEFT JOIN (SELECT x.account_id, x.period_granularity,
      MAX(x.period_start) AS period_start FROM {cost_reports} x WHERE x.region = 'global' AND x.period_granularity =
      'MONTHLY' GROUP BY x.account_id, x.period_granularity) z ON z.account_id = d.account LEFT JOIN {cost_reports} c
      ON c.account_id = z.account_id AND c.region = 'global' AND c.period_granularity = z.period_granularity AND
      c.period_start = z.period_start LEFT JOIN (SELECT f.account_id, COUNT(*) AS total_findings, SUM(CASE WHEN
      f.resolved_at IS NULL AND f.status NOT IN ('RESOLVED','SUPPRESSED') THEN 1 ELSE 0 END) AS open_findings,
      SUM(CASE WHEN f.status = 'RESOLVED' OR f.resolved_at IS NOT NULL THEN 1 ELSE 0 END) AS resolved_findings,
      SUM(CASE WHEN f.severity = 'CRITICAL' AND f.resolved_at IS NULL AND f.status NOT IN ('RESOLVED','SUPPRESSED')
      THEN 1 ELSE 0 END) AS critical_findings, SUM(CASE WHEN f.severity = 'HIGH' AND f.resolved_at IS NULL AND
      f.status NOT IN ('RESOLVED','SUPPRESSED') THEN 1 ELSE 0 END) AS high_findings, SUM(CASE WHEN f.severity =
      'MEDIUM' AND f.resolved_at IS NULL AND f.status NOT IN ('RESOLVED','SUPPRESSED') THEN 1 ELSE 0 END) AS
      medium_findings, SUM(CASE WHEN f.severity = 'LOW' AND f.resolved_at IS NULL AND f.status NOT IN
      ('RESOLVED','SUPPRESSED') THEN 1 ELSE 0 END) AS low_findings FROM {findings} f WHERE f.gone_at IS NULL GROUP BY
      f.account_id) s ON s.account_id = d.account LEFT JOIN (SELECT account_id, COUNT(*) AS instance_count, SUM(CASE
      WHEN ping_status = 'Online' THEN 1 ELSE 0 END) AS online_instances FROM {inventory_instances} WHERE gone_at IS
      NULL GROUP BY account_id) i ON i.account_id = d.account`,
  },
  {
    name: 'view_product_summary',
    purpose:
      'Cost and open findings per product and currency; an account shared by several products is flagged and its cost divided among them',
    sql: `
      SELECT p.organization_id, p.id AS product_id, p.name AS product_name, p.owner AS product_owner,
      COUNT(pa.account_id) AS account_count, SUM(CASE WHEN d.number_of_products > 1 THEN 1 ELSE 0 END) AS
      shared_account_count, ROUND(SUM(COALESCE(c.current_period_cost,0)/NULLIF(d.number_of_products,0)),2) AS
      allocated_monthly_cost, c.currency, SUM(COALESCE(s.open_findings,0)) AS open_findings,
      SUM(COALESCE(s.critical_findings,0)) AS critical_findings FROM {products} p LEFT JOIN {product_accounts} pa ON
      pa.product_id = p.id AND pa.gone_at IS NULL LEFT JOIN v_account_dim d ON d.account = pa.account_id LEFT JOIN
      (SELECT x.account_id, x.period_granularity, MAX(x.period_start) AS period_start FROM {cost_reports} x WHERE
      x.region = 'global' AND x.period_granularity = 'MONTHLY' GROUP BY x.account_id, x.period_granularity) z ON
      z.account_id = pa.account_id LEFT JOIN {cost_reports} c ON c.account_id = z.account_id AND c.region = 'global'
      AND c.period_granularity = z.period_granularity AND c.period_start = z.period_start LEFT JOIN (SELECT
      f.account_id, COUNT(*) AS total_findings, SUM(CASE WHEN f.resolved_at IS NULL AND f.status NOT IN
      ('RESOLVED','SUPPRESSED') THEN 1 ELSE 0 END) AS open_findings, SUM(CASE WHEN f.status = 'RESOLVED' OR
      f.resolved_at IS NOT NULL THEN 1 ELSE 0 END) AS resolved_findings, SUM(CASE WHEN f.severity = 'CRITICAL' AND
      f.resolved_at IS NULL AND f.status NOT IN ('RESOLVED','SUPPRESSED') THEN 1 ELSE 0 END) AS critical_findings,
      SUM(CASE WHEN f.severity = 'HIGH' AND f.resolved_at IS NULL AND f.status NOT IN ('RESOLVED','SUPPRESSED') THEN 1
      ELSE 0 END) AS high_findings, SUM(CASE WHEN f.severity = 'MEDIUM' AND f.resolved_at IS NULL AND f.status NOT IN
      ('RESOLVED','SUPPRESSED') THEN 1 ELSE 0 END) AS medium_findings, SUM(CASE WHEN f.severity = 'LOW' AND
      f.resolved_at IS NULL AND f.status NOT IN ('RESOLVED','SUPPRESSED') THEN 1 ELSE 0 END) AS low_findings FROM
      {findings} f WHERE f.gone_at IS NULL GROUP BY f.account_id) s ON s.account_id = pa.account_id WHERE p.gone_at IS
      NULL GROUP BY p.organization_id, p.id, p.name, p.owner, c.currency`,
  },
  {
    name: 'view_acct_security_findings_summary',
    purpose: 'Findings per account, region and service with resolution rate',
    sql: `
      SELECT {account}, f.region, f.service, f.total_findings, f.critical_count, f.high_count, f.medium_count,
      f.low_count, f.suppressed_count, f.in_progress_count, f.resolved_count,
      ROUND(100.0*f.resolved_count/f.total_findings,2) AS resolution_rate_percent FROM (SELECT x.account_id, x.region,
      x.service, COUNT(*) AS total_findings, SUM(CASE WHEN x.severity='CRITICAL' THEN 1 ELSE 0 END) AS critical_count,
      SUM(CASE WHEN x.severity='HIGH' THEN 1 ELSE 0 END) AS high_count, SUM(CASE WHEN x.severity='MEDIUM' THEN 1 ELSE
      0 END) AS medium_count, SUM(CASE WHEN x.severity='LOW' THEN 1 ELSE 0 END) AS low_count, SUM(CASE WHEN
      x.status='SUPPRESSED' THEN 1 ELSE 0 END) AS suppressed_count, SUM(CASE WHEN x.status='NOTIFIED' THEN 1 ELSE 0
      END) AS in_progress_count, SUM(CASE WHEN x.resolved_at IS NOT NULL OR x.status='RESOLVED' THEN 1 ELSE 0 END) AS
      resolved_count FROM {findings} x WHERE x.gone_at IS NULL GROUP BY x.account_id, x.region, x.service) f JOIN
      v_account_dim d ON d.account = f.account_id`,
  },
  {
    name: 'view_compute_optimizer_summary',
    purpose: 'Savings by resource type and finding',
    sql: `
      SELECT {account}, t.resource_type, t.finding, t.resource_count, ROUND(t.savings,2) AS total_monthly_savings,
      ROUND(t.percentage,2) AS avg_savings_percentage, t.savings_currency AS currency FROM (SELECT x.account_id,
      x.resource_type, x.finding, x.savings_currency, COUNT(*) AS resource_count,
      SUM(COALESCE(x.estimated_monthly_savings_usd,0)) AS savings, AVG(x.savings_opportunity_percentage) AS percentage
      FROM {compute_optimizer} x WHERE x.gone_at IS NULL GROUP BY x.account_id, x.resource_type, x.finding,
      x.savings_currency) t JOIN v_account_dim d ON d.account = t.account_id`,
  },
  {
    name: 'view_config_inventory_summary',
    purpose: 'Config inventory counts',
    sql: `
      SELECT {account}, t.region, t.resource_type, t.resource_count FROM (SELECT x.account_id, x.region,
      x.resource_type, COUNT(*) AS resource_count FROM {config_inventory} x WHERE x.gone_at IS NULL GROUP BY
      x.account_id, x.region, x.resource_type) t JOIN v_account_dim d ON d.account = t.account_id`,
  },
  {
    name: 'view_config_rule_ranking',
    purpose: 'Worst rules across the estate',
    sql: `
      SELECT a.organization_id, t.rule_name, MAX(t.conformance_pack) AS conformance_pack, COUNT(DISTINCT
      t.account_id) AS accounts_affected, COUNT(*) AS open_resources FROM {non_compliant_resources} t JOIN
      {accounts} a ON a.account_id = t.account_id WHERE t.gone_at IS NULL AND t.compliance_type='NON_COMPLIANT'
      AND t.status='OPEN' GROUP BY a.organization_id, t.rule_name`,
  },
  {
    name: 'view_config_score_trend',
    purpose: 'Score per account and day averaged over regions, weighted by rules',
    sql: `
      SELECT {account}, r.date_from, r.total_rules, r.compliant_rules,
      ROUND(100.0*r.compliant_rules/NULLIF(r.total_rules,0),2) AS compliance_score FROM (SELECT x.account_id,
      x.date_from, SUM(x.total_rules) AS total_rules, SUM(x.compliant_rules) AS compliant_rules FROM {config_reports}
      x GROUP BY x.account_id, x.date_from) r JOIN v_account_dim d ON d.account = r.account_id`,
  },
  {
    name: 'view_cost_daily',
    purpose: 'Daily cost per account with day-over-day change',
    sql: `
      SELECT {account}, c.period_start AS cost_date, c.currency, c.current_period_cost AS BilledCost, c.effective_cost
      AS EffectiveCost, c.is_estimated, c.current_period_cost - (SELECT x.current_period_cost FROM {cost_reports} x
      WHERE x.account_id = c.account_id AND x.region='global' AND x.period_granularity='DAILY' AND x.currency =
      c.currency AND x.period_start < c.period_start ORDER BY x.period_start DESC LIMIT 1) AS day_over_day FROM
      {cost_reports} c JOIN v_account_dim d ON d.account = c.account_id WHERE c.period_granularity='DAILY' AND
      c.region='global'`,
  },
  {
    name: 'view_cost_by_day',
    purpose:
      'What all accounts cost together each day, a row for each currency, and of how many accounts it is known',
    sql: `
      SELECT a.organization_id, c.period_start AS cost_date, c.currency, SUM(c.current_period_cost) AS BilledCost,
      SUM(c.effective_cost) AS EffectiveCost, COUNT(*) AS accounts FROM {cost_reports} c JOIN {accounts} a ON
      a.account_id = c.account_id WHERE c.period_granularity='DAILY' AND c.region='global' GROUP BY
      a.organization_id, c.period_start, c.currency`,
  },
  {
    name: 'view_cost_month_to_date',
    purpose: 'Month to date from daily rows, previous full month beside it',
    sql: `
      SELECT {account}, c.currency, ROUND(c.month_to_date,2) AS month_to_date, ROUND(c.previous_month,2) AS
      previous_month, c.days_loaded FROM (SELECT x.account_id, x.currency, SUM(CASE WHEN x.period_start >=
      k.month_start AND x.period_start < k.next_month_start THEN x.current_period_cost END) AS
      month_to_date, SUM(CASE WHEN x.period_start >= k.prev_month_start AND x.period_start < k.month_start
      THEN x.current_period_cost END) AS previous_month, SUM(CASE WHEN x.period_start >= k.month_start THEN
      1 ELSE 0 END) AS days_loaded FROM {cost_reports} x CROSS JOIN {report_clock} k WHERE
      x.period_granularity='DAILY' AND x.region='global' GROUP BY x.account_id, x.currency) c JOIN
      v_account_dim d ON d.account = c.account_id`,
  },
  // MIN, which changes nothing: else MariaDB leaves the order of the index, and sums into a table of its own.
  {
    name: 'view_cost_top_services_30d',
    purpose: 'Top services in the last 30 days',
    sql: `
      SELECT {account}, s.service AS ServiceName, s.currency, ROUND(s.cost,2) AS BilledCost FROM (SELECT
      MIN(x.account_id) AS account_id, x.service, x.currency, SUM(x.cost) AS cost FROM {services} x CROSS JOIN
      {report_clock} k WHERE k.id = 1 AND x.period_granularity='DAILY' AND x.date_from >= k.d30 GROUP BY x.account_id,
      x.service, x.currency) s JOIN v_account_dim d ON d.account = s.account_id`,
  },
  {
    name: 'view_cost_forecast_accuracy',
    purpose: 'Forecast against the actual that followed',
    sql: `
      SELECT {account}, f.made_on, f.period_start, f.period_end, f.amount AS forecast_amount,
      c.current_period_cost AS actual_amount, ROUND(100.0*(f.amount -
      c.current_period_cost)/NULLIF(c.current_period_cost,0),2) AS error_percent, c.currency FROM {cost_forecasts}
      f JOIN {cost_reports} c ON c.account_id = f.account_id AND c.period_granularity='MONTHLY' AND c.period_start
      = f.period_start AND c.period_end = f.period_end AND c.region='global' JOIN v_account_dim d ON d.account =
      f.account_id`,
  },
  {
    name: 'view_cost_reconciliation',
    purpose: 'Account total vs sum of services for the same period: data-quality check',
    sql: `
      SELECT {account}, c.period_granularity, c.period_start, c.current_period_cost AS report_cost, (SELECT
      SUM(x.cost) FROM {services} x WHERE x.account_id = c.account_id AND x.period_granularity = c.period_granularity
      AND x.date_from = c.period_start AND x.currency = c.currency AND x.usage_types='Aggregated') AS services_cost,
      ROUND(c.current_period_cost - (SELECT SUM(x.cost) FROM {services} x WHERE x.account_id = c.account_id AND
      x.period_granularity = c.period_granularity AND x.date_from = c.period_start AND x.currency = c.currency AND
      x.usage_types='Aggregated'),4) AS gap, c.currency FROM {cost_reports} c JOIN v_account_dim d ON
      d.account=c.account_id WHERE c.region='global' AND EXISTS (SELECT 1 FROM {services} x WHERE x.account_id =
      c.account_id AND x.period_granularity = c.period_granularity AND x.date_from = c.period_start AND x.currency =
      c.currency AND x.usage_types='Aggregated')`,
  },
  {
    name: 'view_cost_anomalies',
    purpose: 'Open cost anomalies',
    sql: `
      SELECT {account}, t.anomaly_id, t.dimension_value, t.start_date, t.end_date, t.total_impact,
      t.total_expected, t.total_actual FROM {cost_anomalies} t JOIN v_account_dim d ON d.account=t.account_id
      WHERE t.gone_at IS NULL`,
  },
  {
    name: 'view_focus_cost',
    purpose: 'FOCUS rows: all 57 standard columns and x_OrganizationId; point any FOCUS use case here',
    sql: `
      SELECT AvailabilityZone, BilledCost, BillingAccountId, BillingAccountName, BillingAccountType,
      BillingCurrency, BillingPeriodEnd, BillingPeriodStart, CapacityReservationId, CapacityReservationStatus,
      ChargeCategory, ChargeClass, ChargeDescription, ChargeFrequency, ChargePeriodEnd, ChargePeriodStart,
      CommitmentDiscountCategory, CommitmentDiscountId, CommitmentDiscountName, CommitmentDiscountQuantity,
      CommitmentDiscountStatus, CommitmentDiscountType, CommitmentDiscountUnit, ConsumedQuantity, ConsumedUnit,
      ContractedCost, ContractedUnitPrice, EffectiveCost, InvoiceId, InvoiceIssuerName, ListCost, ListUnitPrice,
      PricingCategory, PricingCurrency, PricingCurrencyContractedUnitPrice, PricingCurrencyEffectiveCost,
      PricingCurrencyListUnitPrice, PricingQuantity, PricingUnit, ProviderName, PublisherName, RegionId,
      RegionName, ResourceId, ResourceName, ResourceType, ServiceCategory, ServiceName, ServiceSubcategory, SkuId,
      SkuMeter, SkuPriceDetails, SkuPriceId, SubAccountId, SubAccountName, SubAccountType, Tags, x_OrganizationId
      FROM {focus_cost_and_usage}`,
  },
  // MIN: as above.
  {
    name: 'view_focus_monthly_by_service',
    purpose: 'FOCUS use case: cost by service and billing month, each source of figures by itself',
    sql: `
      SELECT MIN(x_OrganizationId) AS x_OrganizationId, x_Source, x_BillingMonth AS BillingMonth, ProviderName, BillingAccountId,
      SubAccountId, ServiceCategory, ServiceName, BillingCurrency, SUM(BilledCost) AS BilledCost, SUM(EffectiveCost) AS
      EffectiveCost, SUM(ListCost) AS ListCost, SUM(ContractedCost) AS ContractedCost FROM {focus_cost_and_usage}
      GROUP BY x_OrganizationId, x_Source, x_BillingMonth, ProviderName, BillingAccountId, SubAccountId,
      ServiceCategory, ServiceName, BillingCurrency`,
  },
  {
    name: 'view_focus_effective_savings_rate',
    purpose: 'Effective savings rate on usage only (purchases excluded, no double count)',
    sql: `
      SELECT x_OrganizationId, x_BillingMonth AS BillingMonth, SubAccountId, BillingCurrency, SUM(ListCost) AS
      ListCost, SUM(EffectiveCost) AS EffectiveCost,
      ROUND(100.0*(SUM(ListCost)-SUM(EffectiveCost))/NULLIF(SUM(ListCost),0),2) AS EffectiveSavingsRate FROM
      {focus_cost_and_usage} WHERE ChargeCategory='Usage' AND x_Source <> 'CE' AND (ChargeClass IS NULL OR
      ChargeClass <> 'Correction') GROUP BY x_OrganizationId, x_BillingMonth, SubAccountId, BillingCurrency`,
  },
  {
    name: 'view_focus_commitment_utilization',
    purpose: 'Used against unused commitment',
    sql: `
      SELECT x_OrganizationId, x_BillingMonth AS BillingMonth, CommitmentDiscountId, CommitmentDiscountType,
      CommitmentDiscountCategory, BillingCurrency, SUM(CASE WHEN CommitmentDiscountStatus='Used' THEN
      EffectiveCost ELSE 0 END) AS UsedCost, SUM(CASE WHEN CommitmentDiscountStatus='Unused' THEN EffectiveCost
      ELSE 0 END) AS UnusedCost, ROUND(100.0*SUM(CASE WHEN CommitmentDiscountStatus='Used' THEN EffectiveCost ELSE
      0 END)/NULLIF(SUM(EffectiveCost),0),2) AS UtilizationPercent FROM {focus_cost_and_usage} WHERE
      CommitmentDiscountId IS NOT NULL AND ChargeCategory='Usage' GROUP BY x_OrganizationId, x_BillingMonth,
      CommitmentDiscountId, CommitmentDiscountType, CommitmentDiscountCategory, BillingCurrency`,
  },
  {
    name: 'view_focus_untagged_cost',
    purpose: 'Spend with no tag at all, per month and service; Cost Explorer knows no tags and is left out',
    sql: `
      SELECT f.x_OrganizationId, f.x_BillingMonth AS BillingMonth, f.SubAccountId, f.ServiceName,
      f.BillingCurrency, SUM(f.EffectiveCost) AS EffectiveCost, SUM(CASE WHEN t.focus_row_key IS NULL THEN
      f.EffectiveCost ELSE 0 END) AS UntaggedCost FROM {focus_cost_and_usage} f LEFT JOIN (SELECT DISTINCT
      focus_row_key FROM {focus_tags}) t ON t.focus_row_key = f.row_key WHERE f.ChargeCategory='Usage' AND f.x_Source <> 'CE' GROUP BY
      f.x_OrganizationId, f.x_BillingMonth, f.SubAccountId, f.ServiceName, f.BillingCurrency`,
  },
  {
    name: 'view_focus_cost_by_tag',
    purpose: 'Spend by tag key and value',
    sql: `
      SELECT f.x_OrganizationId, f.x_BillingMonth AS BillingMonth, t.tag_key, t.tag_value, f.SubAccountId,
      f.BillingCurrency, SUM(f.EffectiveCost) AS EffectiveCost FROM {focus_cost_and_usage} f JOIN {focus_tags} t
      ON t.focus_row_key = f.row_key GROUP BY f.x_OrganizationId, f.x_BillingMonth, t.tag_key, t.tag_value,
      f.SubAccountId, f.BillingCurrency`,
  },
  {
    name: 'view_ri_sp_expiring',
    purpose: 'Commitments ending within 90 days',
    sql: `
      SELECT {account}, t.reservation_type, t.subscription_id, t.service, t.instance_type, t.end_date,
      t.utilization_percentage FROM (SELECT x.account_id, x.reservation_type, x.subscription_id, x.service,
      x.instance_type, MAX(x.end_date) AS end_date, MAX(x.utilization_percentage) AS utilization_percentage FROM
      {ri_sp_daily_savings} x CROSS JOIN {report_clock} k WHERE x.end_date >= k.as_of AND x.end_date < k.in90 GROUP BY
      x.account_id, x.reservation_type, x.subscription_id, x.service, x.instance_type) t JOIN v_account_dim d ON
      d.account=t.account_id`,
  },
  {
    name: 'view_savings_opportunities',
    purpose: 'All saving recommendations in one list with source (overlaps flagged, not summed)',
    sql: `
      SELECT {account}, 'COMPUTE_OPTIMIZER' AS source, t.resource_type AS category, t.resource_name AS item,
      t.estimated_monthly_savings_usd AS monthly_savings FROM {compute_optimizer} t JOIN v_account_dim d ON
      d.account=t.account_id WHERE t.gone_at IS NULL AND t.estimated_monthly_savings_usd > 0 UNION ALL SELECT
      {account}, 'TRUSTED_ADVISOR', t.category, t.check_name, t.potential_savings FROM {trusted_advisor_checks} t
      JOIN v_account_dim d ON d.account=t.account_id WHERE t.gone_at IS NULL AND t.potential_savings > 0 UNION ALL
      SELECT {account}, t.kind, t.service, t.detail_key, t.estimated_monthly_savings FROM
      {commitment_recommendations} t JOIN v_account_dim d ON d.account=t.account_id WHERE t.gone_at IS NULL AND
      t.estimated_monthly_savings > 0`,
  },
  {
    name: 'view_findings_aging',
    purpose: 'Open findings by severity and age bucket',
    sql: `
      SELECT {account}, f.severity, f.under_7d, f.d7_to_30, f.d30_to_90, f.over_90d FROM (SELECT x.account_id,
      x.severity, SUM(CASE WHEN x.finding_created_at >= k.d7 THEN 1 ELSE 0 END) AS under_7d, SUM(CASE WHEN
      x.finding_created_at < k.d7 AND x.finding_created_at >= k.d30 THEN 1 ELSE 0 END) AS d7_to_30, SUM(CASE WHEN
      x.finding_created_at < k.d30 AND x.finding_created_at >= k.d90 THEN 1 ELSE 0 END) AS d30_to_90, SUM(CASE WHEN
      x.finding_created_at < k.d90 THEN 1 ELSE 0 END) AS over_90d FROM {findings} x CROSS JOIN {report_clock} k WHERE
      x.gone_at IS NULL AND x.resolved_at IS NULL AND x.status NOT IN ('RESOLVED','SUPPRESSED') GROUP BY x.account_id,
      x.severity) f JOIN v_account_dim d ON d.account=f.account_id`,
  },
  {
    name: 'view_findings_new_resolved_7d',
    purpose: 'Findings new and resolved in the last 7 days',
    sql: `
      SELECT {account}, f.severity, f.new_7d, f.resolved_7d FROM (SELECT x.account_id, x.severity, SUM(CASE WHEN
      x.first_seen_at >= k.d7 THEN 1 ELSE 0 END) AS new_7d, SUM(CASE WHEN x.resolved_at >= k.d7 THEN 1 ELSE 0 END) AS
      resolved_7d FROM {findings} x CROSS JOIN {report_clock} k GROUP BY x.account_id, x.severity) f JOIN
      v_account_dim d ON d.account=f.account_id`,
  },
  {
    name: 'view_certificates_expiring',
    purpose: 'Certificates that expire within 60 days',
    sql: `
      SELECT {account}, t.region, t.domain_name, t.status, t.type, t.in_use, t.renewal_eligibility, t.not_after,
      CASE WHEN t.not_after < k.as_of THEN 'EXPIRED' WHEN t.not_after < k.in30 THEN 'UNDER_30D' ELSE 'UNDER_60D'
      END AS urgency FROM {certificates} t JOIN v_account_dim d ON d.account=t.account_id CROSS JOIN
      {report_clock} k WHERE t.gone_at IS NULL AND t.not_after < k.in60`,
  },
  {
    name: 'view_kms_rotation_gaps',
    purpose: 'Customer keys without rotation',
    sql: `
      SELECT {account}, t.region, t.key_id, t.description, t.key_state FROM {kms_keys} t JOIN v_account_dim d ON
      d.account=t.account_id WHERE t.gone_at IS NULL AND t.key_manager='CUSTOMER' AND t.key_state='Enabled' AND
      t.key_rotation_enabled = 0`,
  },
  {
    name: 'view_secrets_unrotated',
    purpose: 'Secrets unrotated or unused for 90 days',
    sql: `
      SELECT {account}, t.region, t.name, t.rotation_enabled, t.last_changed_date, t.last_accessed_date FROM
      {secrets_manager_secrets} t JOIN v_account_dim d ON d.account=t.account_id CROSS JOIN {report_clock} k WHERE
      t.gone_at IS NULL AND (t.rotation_enabled = 0 OR t.last_changed_date < k.d90 OR t.last_accessed_date <
      k.d90)`,
  },
  {
    name: 'view_trail_gaps',
    purpose: 'Accounts with no logging multi-region trail',
    sql: `
      SELECT {account} FROM v_account_dim d WHERE NOT EXISTS (SELECT 1 FROM {cloudtrail_logs} t WHERE
      t.account_id=d.account AND t.gone_at IS NULL AND t.is_logging=1 AND t.is_multi_region=1)`,
  },
  {
    name: 'view_iam_users_without_mfa',
    purpose: 'Console users without MFA',
    sql: `
      SELECT {account}, t.user_name, t.create_date, t.password_last_used, t.access_key_count FROM {iam_users} t
      JOIN v_account_dim d ON d.account=t.account_id WHERE t.gone_at IS NULL AND t.password_enabled=1 AND
      t.mfa_active=0`,
  },
  {
    name: 'view_patch_compliance',
    purpose: 'Missing and failed patches per instance',
    sql: `
      SELECT {account}, p.region, p.instance_id, p.missing, p.failed, p.critical_missing FROM (SELECT x.account_id,
      x.region, x.instance_id, SUM(CASE WHEN UPPER(x.state)='MISSING' THEN 1 ELSE 0 END) AS missing, SUM(CASE WHEN
      UPPER(x.state)='FAILED' THEN 1 ELSE 0 END) AS failed, SUM(CASE WHEN UPPER(x.state) IN ('MISSING','FAILED') AND
      UPPER(x.severity) IN ('CRITICAL','IMPORTANT') THEN 1 ELSE 0 END) AS critical_missing FROM {inventory_patches} x
      WHERE x.gone_at IS NULL GROUP BY x.account_id, x.region, x.instance_id) p JOIN v_account_dim d ON
      d.account=p.account_id`,
  },
  {
    name: 'view_ssm_agent_compliance',
    purpose: 'SSM agent compliance: managed, online, current',
    sql: `
      SELECT {account}, t.region, t.instances, t.managed, t.online, t.latest_agent FROM (SELECT x.account_id,
      x.region, COUNT(*) AS instances, SUM(x.ssm_managed) AS managed, SUM(CASE WHEN x.ping_status='Online' THEN 1 ELSE
      0 END) AS online, SUM(CASE WHEN x.is_latest_version=1 THEN 1 ELSE 0 END) AS latest_agent FROM
      {inventory_instances} x WHERE x.gone_at IS NULL GROUP BY x.account_id, x.region) t JOIN v_account_dim d ON
      d.account=t.account_id`,
  },
  {
    name: 'view_support_open',
    purpose: 'Open support cases by severity',
    sql: `
      SELECT {account}, t.severity_code, t.service_code, t.open_cases, t.oldest FROM (SELECT x.account_id,
      x.severity_code, x.service_code, COUNT(*) AS open_cases, MIN(x.time_created) AS oldest FROM {support_tickets} x
      WHERE x.status <> 'resolved' AND x.gone_at IS NULL GROUP BY x.account_id, x.severity_code, x.service_code) t
      JOIN v_account_dim d ON d.account=t.account_id`,
  },
  {
    name: 'view_health_open',
    purpose: 'Open and upcoming health events',
    sql: `
      SELECT {account}, t.service, t.event_type_code, t.event_type_category, t.region, t.start_time,
      t.status_code, t.affected_count FROM {health_events} t JOIN v_account_dim d ON d.account=t.account_id WHERE
      t.gone_at IS NULL AND t.status_code IN ('open','upcoming')`,
  },
  {
    name: 'view_tag_coverage',
    purpose: 'Share of resources carrying each tag key',
    sql: `
      SELECT {account}, t.tag_key, t.tagged, x.total, ROUND(100.0*t.tagged/NULLIF(x.total,0),2) AS coverage_percent
      FROM (SELECT r.account_id, r.tag_key, COUNT(DISTINCT r.resource_arn_hash) AS tagged FROM {resource_tags} r WHERE
      r.gone_at IS NULL GROUP BY r.account_id, r.tag_key) t JOIN (SELECT a.account_id, COUNT(DISTINCT
      a.resource_arn_hash) AS total FROM {resource_tags} a WHERE a.gone_at IS NULL GROUP BY a.account_id) x ON
      x.account_id = t.account_id JOIN v_account_dim d ON d.account=t.account_id`,
  },
  {
    name: 'view_account_freshness',
    purpose: 'Accounts that stopped reporting',
    sql: `
      SELECT {account}, r.region, r.last_payload_at, r.last_period_end, CASE WHEN r.last_payload_at IS NULL THEN
      'NEVER' WHEN r.last_payload_at < k.stale_before THEN 'STALE' ELSE 'FRESH' END AS freshness FROM
      v_account_dim d LEFT JOIN {account_regions} r ON r.account_id=d.account AND r.gone_at IS NULL CROSS JOIN
      {report_clock} k`,
  },
  {
    name: 'view_ingest_health',
    purpose: 'Files per day and state with counters',
    sql: `
      SELECT i.organization_id, i.period_end, i.status, COUNT(*) AS files, SUM(i.rows_created) AS rows_created,
      SUM(i.rows_updated) AS rows_updated, SUM(i.rows_skipped) AS rows_skipped, SUM(i.rows_rejected) AS
      rows_rejected, MAX(i.duration_ms) AS slowest_ms FROM {ingest_files} i GROUP BY i.organization_id,
      i.period_end, i.status`,
  },
  {
    name: 'view_ingest_errors',
    purpose: 'Files needing attention, newest first',
    sql: `
      SELECT i.organization_id, i.id, i.object_key, i.account_id, i.region, i.period_end, i.status, i.attempts,
      i.error_code, i.error_message, i.first_seen_at FROM {ingest_files} i WHERE i.status IN
      ('REJECTED','FAILED','DEAD','PARTIAL')`,
  },
  {
    name: 'view_collection_status',
    purpose: 'Last status per account and section (wide), plus age',
    sql: `
      SELECT l.* FROM (SELECT x.account_id, x.region, MAX(x.date_created) AS date_created FROM {logs} x GROUP BY
      x.account_id, x.region) z JOIN {logs} l ON l.account_id = z.account_id AND l.region = z.region AND
      l.date_created = z.date_created WHERE NOT EXISTS (SELECT 1 FROM {logs} x WHERE x.account_id = l.account_id AND
      x.region = l.region AND x.date_created = l.date_created AND x.interval_kind < l.interval_kind)`,
  },
  {
    name: 'logs',
    purpose: 'How collecting went, an account and file each',
    sql: `
      SELECT * FROM {logs}`,
  },
  {
    name: 'log_messages',
    purpose: 'What was said while collecting',
    sql: `
      SELECT * FROM {log_messages}`,
  },
];
