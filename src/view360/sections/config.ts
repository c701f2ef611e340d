import {
  ConfigServiceClient,
  paginateDescribeComplianceByConfigRule,
  paginateDescribeConfigRules,
  paginateDescribeConformancePackCompliance,
  paginateDescribeConformancePacks,
  paginateGetComplianceDetailsByConfigRule,
  paginateSelectResourceConfig,
} from '@aws-sdk/client-config-service';
import type { ComplianceByConfigRule, ConfigRule } from '@aws-sdk/client-config-service';
import { allOf } from '../../collect/call.ts';
import { collector } from './section.ts';
import type { Row, Scope, Section } from './section.ts';

const STANDALONE = 'Standalone';
const DETAILS_AT_ONCE = 100;
const JUDGED = ['COMPLIANT', 'NON_COMPLIANT'] as const;

/** AWS Config: how many rules are kept, and what was judged on the day. */
export const config: Section = {
  name: 'config',
  kind: 'snapshot',
  shape: 'object',
  parts: {
    '': collector({
      calls: [
        'config-service:DescribeComplianceByConfigRule',
        'config-service:GetComplianceDetailsByConfigRule',
        'config-service:DescribeConfigRules',
        'config-service:DescribeConformancePacks',
        'config-service:DescribeConformancePackCompliance',
      ],
      where: 'region',
      notEnabled: ['NoAvailableConfigurationRecorderException', 'NoSuchConfigRuleException'],
      collect: report,
      complete: ({ configMode }) => configMode === 'full',
    }),
  },
  merge,
};

/** What Config knows of resources. */
export const configInventory: Section = {
  name: 'config_inventory',
  kind: 'snapshot',
  shape: 'list',
  parts: {
    '': collector({
      calls: ['config-service:SelectResourceConfig'],
      where: 'region',
      notEnabled: ['NoAvailableConfigurationRecorderException'],
      async collect({ clients, region }) {
        const client = clients.of(ConfigServiceClient, region);
        const Expression =
          'SELECT resourceId, resourceType, resourceName, arn, awsRegion, availabilityZone, resourceCreationTime, tags';
        const results = await allOf(
          paginateSelectResourceConfig({ client }, { Expression }),
          (page) => page.Results,
        );
        return results.flatMap((text) => {
          const one = JSON.parse(text) as Record<string, unknown>;
          return {
            resource_type: one['resourceType'],
            resource_id: one['resourceId'],
            resource_name: one['resourceName'],
            arn: one['arn'],
            region: one['awsRegion'] ?? region,
            availability_zone: one['availabilityZone'],
            creation_date: one['resourceCreationTime'],
            tags: one['tags'],
          };
        });
      },
    }),
  },
};

async function report(scope: Scope): Promise<Row> {
  const { clients, region, configMode, period } = scope;
  const client = clients.of(ConfigServiceClient, region);
  const packs = await packsByRule(scope, client);
  const judged = (
    await allOf(
      paginateDescribeComplianceByConfigRule({ client }, { ComplianceTypes: [...JUDGED] }),
      (page) => page.ComplianceByConfigRules,
    )
  ).filter((rule) => verdictOf(rule) !== undefined);
  const declared = new Map(
    (await allOf(paginateDescribeConfigRules({ client }, {}), (page) => page.ConfigRules)).map((rule) => [
      rule.ConfigRuleName ?? '',
      rule,
    ]),
  );
  const resources: Row[] = [];
  let changedCompliant = 0;
  let changedNonCompliant = 0;
  for (const rule of judged) {
    const name = rule.ConfigRuleName ?? '';
    const rows = await judgements(scope, client, name, packs.get(name) ?? STANDALONE);
    const ofDay = rows.filter((row) => isOfDay(row, period.start));
    resources.push(...(configMode === 'full' ? rows : ofDay));
    if (ofDay.length === 0) continue;
    if (verdictOf(rule) === 'COMPLIANT') changedCompliant += 1;
    else changedNonCompliant += 1;
  }
  const compliant = judged.filter((rule) => verdictOf(rule) === 'COMPLIANT').length;
  return {
    region,
    date_from: period.start,
    date_to: period.start,
    mode: configMode,
    total_rules: judged.length,
    compliant_rules: compliant,
    non_compliant_rules: judged.length - compliant,
    curr_non_compliant: changedNonCompliant,
    curr_compliant: changedCompliant,
    non_compliant_resources: resources,
    rules: judged.map((rule) => ruleRow(rule, declared.get(rule.ConfigRuleName ?? ''), packs, region)),
  };
}

/** All regions as one: without rules there is no score, which zero would belie. */
function merge(reports: readonly Row[], { period, configMode }: Scope): Row {
  const sum = (name: string) => reports.reduce((total, one) => total + Number(one[name] ?? 0), 0);
  const all = (name: string) => reports.flatMap((one) => (one[name] ?? []) as Row[]);
  const rules = sum('total_rules');
  const compliant = sum('compliant_rules');
  return {
    region: reports.length === 1 ? reports[0]?.['region'] : 'global',
    date_from: period.start,
    date_to: period.start,
    mode: configMode,
    compliance_score: rules === 0 ? null : Math.round((compliant / rules) * 10_000) / 100,
    total_rules: rules,
    compliant_rules: compliant,
    non_compliant_rules: sum('non_compliant_rules'),
    curr_non_compliant: sum('curr_non_compliant'),
    curr_compliant: sum('curr_compliant'),
    non_compliant_resources: all('non_compliant_resources'),
    rules: all('rules'),
  };
}

/** An account without packs, or that may not see them, still has rules. */
async function packsByRule(scope: Scope, client: ConfigServiceClient): Promise<Map<string, string>> {
  const byRule = new Map<string, string>();
  try {
    const packs = await allOf(
      paginateDescribeConformancePacks({ client }, {}),
      (page) => page.ConformancePackDetails,
    );
    for (const { ConformancePackName: name } of packs) {
      const rules = await allOf(
        paginateDescribeConformancePackCompliance({ client }, { ConformancePackName: name }),
        (page) => page.ConformancePackRuleComplianceList,
      );
      for (const { ConfigRuleName: rule } of rules)
        if (rule !== undefined) byRule.set(rule, name ?? STANDALONE);
    }
  } catch (error) {
    scope.warn(error, 'config-service:DescribeConformancePacks');
  }
  return byRule;
}

async function judgements(
  scope: Scope,
  client: ConfigServiceClient,
  rule: string,
  pack: string,
): Promise<Row[]> {
  try {
    const results = await allOf(
      paginateGetComplianceDetailsByConfigRule(
        { client },
        { ConfigRuleName: rule, ComplianceTypes: [...JUDGED], Limit: DETAILS_AT_ONCE },
      ),
      (page) => page.EvaluationResults,
    );
    return results.map((one) => {
      const qualifier = one.EvaluationResultIdentifier?.EvaluationResultQualifier;
      return {
        rule_name: rule,
        resource_id: qualifier?.ResourceId,
        resource_type: qualifier?.ResourceType,
        config_rule_invoked_time: one.ConfigRuleInvokedTime,
        result_recorded_time: one.ResultRecordedTime,
        conformance_pack: pack,
        compliance_type: one.ComplianceType,
        annotation: one.Annotation,
        evaluation_mode: qualifier?.EvaluationMode,
        region: scope.region,
      };
    });
  } catch (error) {
    scope.warn(error, 'config-service:GetComplianceDetailsByConfigRule');
    return [];
  }
}

function isOfDay({ result_recorded_time: recorded }: Row, day: string): boolean {
  return recorded instanceof Date && recorded.toISOString().slice(0, 10) === day;
}

function verdictOf({ Compliance }: ComplianceByConfigRule): (typeof JUDGED)[number] | undefined {
  return JUDGED.find((type) => type === Compliance?.ComplianceType);
}

function ruleRow(
  rule: ComplianceByConfigRule,
  declared: ConfigRule | undefined,
  packs: ReadonlyMap<string, string>,
  region: string,
): Row {
  const count = rule.Compliance?.ComplianceContributorCount;
  return {
    rule_name: rule.ConfigRuleName,
    rule_arn: declared?.ConfigRuleArn,
    source_owner: declared?.Source?.Owner,
    source_identifier: declared?.Source?.SourceIdentifier,
    state: declared?.ConfigRuleState,
    compliance_type: rule.Compliance?.ComplianceType,
    non_compliant_count: count?.CappedCount ?? 0,
    count_capped: count?.CapExceeded ?? false,
    conformance_pack: packs.get(rule.ConfigRuleName ?? '') ?? STANDALONE,
    region,
  };
}
