import { ACMClient, DescribeCertificateCommand, paginateListCertificates } from '@aws-sdk/client-acm';
import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import {
  GetFindingsCommand as GetGuardDutyFindingsCommand,
  GuardDutyClient,
  paginateListDetectors,
  paginateListFindings as paginateGuardDutyFindings,
} from '@aws-sdk/client-guardduty';
import {
  IAMClient,
  ListMFADevicesCommand,
  paginateListAccessKeys,
  paginateListUsers,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
} from '@aws-sdk/client-iam';
import {
  Inspector2Client,
  paginateListFindings as paginateInspectorFindings,
} from '@aws-sdk/client-inspector2';
import {
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateGetFindings, SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import {
  GetLoggingConfigurationCommand,
  GetWebACLCommand,
  ListResourcesForWebACLCommand,
  ListWebACLsCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import type { Rule, WebACL, WebACLSummary } from '@aws-sdk/client-wafv2';
import { allOf, unlessNotConfigured } from '../../collect/call.ts';
import { addDays } from '../periods.ts';
import { collector } from './section.ts';
import type { Row, Scope, Section } from './section.ts';

const IDS_AT_ONCE = 50;

/** How the account is guarded: every tool with its own outcome, so that one that is off says nothing of the others. */
export const security: Section = {
  name: 'security',
  kind: 'snapshot',
  shape: 'object',
  parts: {
    security_hub: collector({
      calls: ['securityhub:GetFindings'],
      where: 'region',
      notEnabled: ['InvalidAccessException'],
      collect: securityHub,
      // Of what changed in the period alone.
      complete: () => false,
    }),
    guard_duty: collector({
      calls: ['guardduty:ListDetectors', 'guardduty:ListFindings', 'guardduty:GetFindings'],
      where: 'region',
      collect: guardDuty,
      complete: () => false,
    }),
    kms: collector({
      calls: ['kms:ListKeys', 'kms:DescribeKey', 'kms:GetKeyRotationStatus'],
      where: 'region',
      collect: kmsKeys,
    }),
    waf: collector({
      calls: [
        'wafv2:ListWebACLs',
        'wafv2:GetWebACL',
        'wafv2:GetLoggingConfiguration',
        'wafv2:ListResourcesForWebACL',
      ],
      where: 'region',
      collect: async (scope) => (await webAcls(scope)).map(({ acl }) => acl),
    }),
    waf_rules: collector({
      calls: [
        'wafv2:ListWebACLs',
        'wafv2:GetWebACL',
        'wafv2:GetLoggingConfiguration',
        'wafv2:ListResourcesForWebACL',
      ],
      where: 'region',
      collect: async (scope) => (await webAcls(scope)).flatMap(({ rules }) => rules),
    }),
    cloudtrail: collector({
      calls: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'],
      where: 'region',
      collect: trails,
    }),
    secrets_manager: collector({
      calls: ['secrets-manager:ListSecrets'],
      where: 'region',
      collect: secrets,
    }),
    certificate_manager: collector({
      calls: ['acm:ListCertificates', 'acm:DescribeCertificate'],
      where: 'region',
      collect: certificates,
    }),
    inspector: collector({
      calls: ['inspector2:ListFindings'],
      where: 'region',
      collect: inspectorFindings,
    }),
    'iam.users': collector({
      calls: [
        'iam:ListUsers',
        'iam:ListMFADevices',
        'iam:ListAccessKeys',
        'iam:GetAccessKeyLastUsed',
        'iam:GetLoginProfile',
      ],
      where: 'account',
      collect: iamUsers,
    }),
  },
};

async function securityHub({ clients, region, period }: Scope): Promise<Row[]> {
  const client = clients.of(SecurityHubClient, region);
  const findings = await allOf(
    paginateGetFindings(
      { client },
      {
        Filters: {
          UpdatedAt: [{ Start: `${period.start}T00:00:00Z`, End: `${addDays(period.end, 1)}T00:00:00Z` }],
        },
        MaxResults: 100,
      },
    ),
    (page) => page.Findings,
  );
  const byProduct = new Map<string, AwsSecurityFinding[]>();
  for (const finding of findings) {
    const name = finding.ProductName ?? 'Security Hub';
    byProduct.set(name, [...(byProduct.get(name) ?? []), finding]);
  }
  return [...byProduct].map(([name, ofProduct]) => {
    const state = (one: AwsSecurityFinding) => one.Workflow?.Status ?? 'NEW';
    const isClosed = (one: AwsSecurityFinding) => state(one) === 'RESOLVED' || one.RecordState === 'ARCHIVED';
    const suppressed = ofProduct.filter((one) => state(one) === 'SUPPRESSED').length;
    const resolved = ofProduct.filter(isClosed).length;
    const count = (severity: string) =>
      ofProduct.filter(({ Severity }) => Severity?.Label === severity).length;
    return {
      service: name,
      region,
      total_findings: ofProduct.length,
      severity_counts: Object.fromEntries(
        ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'].map((severity) => [severity, count(severity)]),
      ),
      open_findings: ofProduct.length - resolved - suppressed,
      resolved_findings: resolved,
      suppressed_findings: suppressed,
      findings: ofProduct.map((one) => ({
        finding_id: one.Id,
        service: name,
        title: one.Title,
        description: one.Description,
        severity: one.Severity?.Label ?? 'INFORMATIONAL',
        severity_normalized: one.Severity?.Normalized,
        status: state(one),
        workflow_state: state(one),
        record_state: one.RecordState,
        compliance_status: one.Compliance?.Status,
        security_control_id: one.Compliance?.SecurityControlId,
        standards: one.Compliance?.AssociatedStandards?.map(({ StandardsId }) => StandardsId),
        resource_type: one.Resources?.[0]?.Type,
        resource_id: one.Resources?.[0]?.Id,
        resources: one.Resources?.map(({ Type, Id }) => ({ Type, Id })),
        recommendation: [one.Remediation?.Recommendation?.Text, one.Remediation?.Recommendation?.Url]
          .filter((text) => text !== undefined)
          .join(' '),
        product_name: one.ProductName,
        company_name: one.CompanyName,
        product_arn: one.ProductArn,
        generator_id: one.GeneratorId,
        region: one.Region ?? region,
        created_at: one.CreatedAt,
        updated_at: one.UpdatedAt,
        account_id: one.AwsAccountId,
      })),
    };
  });
}

/** An account without a detector has no GuardDuty: that is not the same as no findings. */
class NotSwitchedOn extends Error {
  override readonly name = 'SubscriptionRequiredException';
}

async function guardDuty({ clients, region, period }: Scope): Promise<Row[]> {
  const client = clients.of(GuardDutyClient, region);
  const detectors = await allOf(paginateListDetectors({ client }, {}), (page) => page.DetectorIds);
  if (detectors.length === 0) throw new NotSwitchedOn('GuardDuty has no detector in the region');
  const rows: Row[] = [];
  const since = Date.parse(`${period.start}T00:00:00Z`);
  for (const detector of detectors) {
    const ids = await allOf(
      paginateGuardDutyFindings(
        { client },
        {
          DetectorId: detector,
          FindingCriteria: { Criterion: { updatedAt: { GreaterThanOrEqual: since } } },
        },
      ),
      (page) => page.FindingIds,
    );
    for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
      const { Findings = [] } = await client.send(
        new GetGuardDutyFindingsCommand({
          DetectorId: detector,
          FindingIds: ids.slice(from, from + IDS_AT_ONCE),
        }),
      );
      rows.push(
        ...Findings.map((one) => ({
          id: one.Id,
          detector_id: detector,
          type: one.Type,
          severity: one.Severity,
          title: one.Title,
          description: one.Description,
          confidence: one.Confidence,
          resource_type: one.Resource?.ResourceType,
          event_count: one.Service?.Count,
          archived: one.Service?.Archived,
          region: one.Region ?? region,
          created_at: one.CreatedAt,
          updated_at: one.UpdatedAt,
        })),
      );
    }
  }
  return rows;
}

async function kmsKeys(scope: Scope): Promise<Row[]> {
  const { clients, region } = scope;
  const client = clients.of(KMSClient, region);
  const keys = await allOf(paginateListKeys({ client }, {}), (page) => page.Keys);
  const rows: Row[] = [];
  for (const { KeyId } of keys) {
    const { KeyMetadata: key } = await client.send(new DescribeKeyCommand({ KeyId }));
    const isOurs =
      key?.KeyManager === 'CUSTOMER' && key.KeySpec === 'SYMMETRIC_DEFAULT' && key.Origin === 'AWS_KMS';
    const rotation = isOurs ? await rotationOf(scope, client, KeyId) : null;
    rows.push({
      key_id: key?.KeyId,
      arn: key?.Arn,
      description: key?.Description,
      key_usage: key?.KeyUsage,
      key_spec: key?.KeySpec,
      key_manager: key?.KeyManager,
      origin: key?.Origin,
      key_state: key?.KeyState,
      creation_date: key?.CreationDate,
      deletion_date: key?.DeletionDate,
      enabled: key?.Enabled,
      key_rotation_enabled: rotation,
      region,
    });
  }
  return rows;
}

async function rotationOf(
  scope: Scope,
  client: KMSClient,
  KeyId: string | undefined,
): Promise<boolean | null> {
  try {
    return (await client.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled ?? null;
  } catch (error) {
    // The key may forbid it: that is unknown, not off.
    scope.warn(error, 'kms:GetKeyRotationStatus');
    return null;
  }
}

interface ReadAcl {
  acl: Row;
  rules: Row[];
}

function webAcls(scope: Scope): Promise<ReadAcl[]> {
  return scope.once(`web acls of ${scope.region}`, async () => {
    const isHome = scope.region === 'us-east-1';
    const regional = await aclsOf(scope, 'REGIONAL');
    // Those of CloudFront are asked for in one region.
    return isHome ? [...regional, ...(await aclsOf(scope, 'CLOUDFRONT'))] : regional;
  });
}

async function aclsOf({ clients, region }: Scope, scope: 'REGIONAL' | 'CLOUDFRONT'): Promise<ReadAcl[]> {
  const client = clients.of(WAFV2Client, region);
  const found: WebACLSummary[] = [];
  let marker: string | undefined;
  do {
    const page = await client.send(
      new ListWebACLsCommand({ Scope: scope, ...(marker === undefined ? {} : { NextMarker: marker }) }),
    );
    found.push(...(page.WebACLs ?? []));
    marker = page.NextMarker;
  } while (marker !== undefined && marker !== '');
  const read: ReadAcl[] = [];
  for (const { Name, Id, ARN } of found) {
    const { WebACL: acl } = await client.send(new GetWebACLCommand({ Name, Id, Scope: scope }));
    const logging = await unlessNotConfigured(['WAFNonexistentItemException'], () =>
      client.send(new GetLoggingConfigurationCommand({ ResourceArn: ARN })),
    );
    const resources =
      scope === 'CLOUDFRONT'
        ? []
        : ((await client.send(new ListResourcesForWebACLCommand({ WebACLArn: ARN }))).ResourceArns ?? []);
    read.push(
      aclRows(acl as WebACL, {
        scope,
        region: scope === 'CLOUDFRONT' ? 'global' : region,
        isLogged: logging !== null,
        resources,
      }),
    );
  }
  return read;
}

function aclRows(
  acl: WebACL,
  {
    scope,
    region,
    isLogged,
    resources,
  }: { scope: string; region: string; isLogged: boolean; resources: readonly string[] },
): ReadAcl {
  const rules = (acl.Rules ?? []).map((rule) => ruleRow(acl, rule, { scope, region, isLogged }));
  const countries = (acl.Rules ?? []).flatMap(
    ({ Statement }) => Statement?.GeoMatchStatement?.CountryCodes ?? [],
  );
  return {
    acl: {
      name: acl.Name,
      id: acl.Id,
      arn: acl.ARN,
      scope,
      region,
      description: acl.Description,
      default_action: acl.DefaultAction,
      rules_count: rules.length,
      capacity: acl.Capacity,
      managed_rules_count: rules.filter((rule) => rule['is_managed_rule'] === true).length,
      custom_rules_count: rules.filter((rule) => rule['is_custom_rule'] === true).length,
      rate_limit_rules_count: rules.filter((rule) => rule['rate_limit'] === true).length,
      associated_resources: resources,
      logging_enabled: isLogged,
      geo_blocking_enabled: countries.length > 0,
      blocked_countries: countries,
    },
    rules,
  };
}

function ruleRow(
  acl: WebACL,
  rule: Rule,
  { scope, region, isLogged }: { scope: string; region: string; isLogged: boolean },
): Row {
  const statement = rule.Statement ?? {};
  const type =
    Object.keys(statement).find((name) => statement[name as keyof typeof statement] !== undefined) ?? '';
  const managed = statement.ManagedRuleGroupStatement;
  const action = rule.Action ?? rule.OverrideAction ?? {};
  const word = Object.keys(action)
    .find((name) => (action as Record<string, unknown>)[name] !== undefined)
    ?.toUpperCase();
  const isWatched = rule.VisibilityConfig?.CloudWatchMetricsEnabled ?? false;
  const group = managed?.Name ?? '';
  return {
    web_acl_name: acl.Name,
    waf_id: acl.Id,
    rule_name: rule.Name,
    priority: rule.Priority,
    action,
    statement_type: type,
    is_managed_rule: managed !== undefined,
    is_custom_rule: managed === undefined,
    rate_limit: statement.RateBasedStatement !== undefined,
    rate_limit_value: statement.RateBasedStatement?.Limit,
    logging_enabled: isLogged,
    geo_blocking: statement.GeoMatchStatement !== undefined,
    sql_injection: statement.SqliMatchStatement !== undefined || group.includes('SQLi'),
    has_xss_protection: statement.XssMatchStatement !== undefined || group === 'AWSManagedRulesCommonRuleSet',
    sample_request_enabled: rule.VisibilityConfig?.SampledRequestsEnabled,
    cloudwatch_enabled: isWatched,
    waf_version: 'v2',
    // It stops something, and somebody can see that it does.
    is_compliant:
      isWatched &&
      (['BLOCK', 'CHALLENGE', 'CAPTCHA'].includes(word ?? '') || (managed !== undefined && word !== 'COUNT')),
    scope,
    region,
  };
}

async function trails(scope: Scope): Promise<Row[]> {
  const { clients, region } = scope;
  const client = clients.of(CloudTrailClient, region);
  const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: false }));
  const rows: Row[] = [];
  for (const trail of trailList) {
    const status = await client
      .send(new GetTrailStatusCommand({ Name: trail.TrailARN }))
      .catch((error: unknown) => {
        scope.warn(error, 'cloudtrail:GetTrailStatus');
        return undefined;
      });
    rows.push({
      name: trail.Name,
      arn: trail.TrailARN,
      home_region: trail.HomeRegion,
      region,
      is_logging: status?.IsLogging,
      is_multi_region: trail.IsMultiRegionTrail,
      is_organization_trail: trail.IsOrganizationTrail,
      s3_bucket: trail.S3BucketName,
      kms_key_id: trail.KmsKeyId,
      log_file_validation: trail.LogFileValidationEnabled,
      latest_delivery_time: status?.LatestDeliveryTime,
      latest_delivery_error: status?.LatestDeliveryError,
    });
  }
  return rows;
}

/** What is known of secrets; never what they are. */
async function secrets({ clients, region }: Scope): Promise<Row[]> {
  const client = clients.of(SecretsManagerClient, region);
  const found = await allOf(paginateListSecrets({ client }, {}), (page) => page.SecretList);
  return found.map((one) => ({
    name: one.Name,
    arn: one.ARN,
    description: one.Description,
    created_date: one.CreatedDate,
    last_changed_date: one.LastChangedDate,
    last_accessed_date: one.LastAccessedDate,
    last_rotated_date: one.LastRotatedDate,
    rotation_enabled: one.RotationEnabled ?? false,
    kms_key_id: one.KmsKeyId,
    region,
  }));
}

async function certificates({ clients, region }: Scope): Promise<Row[]> {
  const client = clients.of(ACMClient, region);
  const found = await allOf(paginateListCertificates({ client }, {}), (page) => page.CertificateSummaryList);
  const rows: Row[] = [];
  for (const { CertificateArn } of found) {
    const { Certificate: one } = await client.send(new DescribeCertificateCommand({ CertificateArn }));
    rows.push({
      arn: one?.CertificateArn,
      domain_name: one?.DomainName,
      status: one?.Status,
      type: one?.Type,
      not_before: one?.NotBefore,
      not_after: one?.NotAfter,
      in_use: (one?.InUseBy ?? []).length > 0,
      renewal_eligibility: one?.RenewalEligibility,
      key_algorithm: one?.KeyAlgorithm,
      region,
    });
  }
  return rows;
}

async function inspectorFindings({ clients, region }: Scope): Promise<Row[]> {
  const client = clients.of(Inspector2Client, region);
  const found = await allOf(paginateInspectorFindings({ client }, {}), (page) => page.findings);
  return found.map((one) => ({
    finding_arn: one.findingArn,
    severity: one.severity,
    status: one.status,
    type: one.type,
    title: one.title,
    description: one.description,
    cve_id: one.packageVulnerabilityDetails?.vulnerabilityId,
    inspector_score: one.inspectorScore,
    epss_score: one.epss?.score,
    exploit_available: one.exploitAvailable,
    fix_available: one.fixAvailable,
    resource_type: one.resources?.[0]?.type,
    resource_id: one.resources?.[0]?.id,
    first_observed_at: one.firstObservedAt,
    last_observed_at: one.lastObservedAt,
    updated_at: one.updatedAt,
    region,
  }));
}

async function iamUsers(scope: Scope): Promise<Row[]> {
  const client = scope.clients.of(IAMClient, scope.region);
  const users = await allOf(paginateListUsers({ client }, {}), (page) => page.Users);
  const rows: Row[] = [];
  for (const { UserId, UserName, Arn, CreateDate, PasswordLastUsed } of users) {
    const devices = await client.send(new ListMFADevicesCommand({ UserName }));
    const profile = await unlessNotConfigured(['NoSuchEntityException', 'NoSuchEntity'], () =>
      client.send(new GetLoginProfileCommand({ UserName })),
    );
    const keys = await allOf(
      paginateListAccessKeys({ client }, { UserName }),
      (page) => page.AccessKeyMetadata,
    );
    const active = keys.filter(({ Status }) => Status === 'Active');
    const used: Date[] = [];
    for (const { AccessKeyId } of keys) {
      const answer = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
      const last = answer.AccessKeyLastUsed?.LastUsedDate;
      if (last !== undefined) used.push(last);
    }
    rows.push({
      user_id: UserId,
      user_name: UserName,
      arn: Arn,
      create_date: CreateDate,
      password_last_used: PasswordLastUsed,
      mfa_active: (devices.MFADevices ?? []).length > 0,
      password_enabled: profile !== null,
      access_key_count: active.length,
      oldest_active_key_date: earliest(active.flatMap((key) => key.CreateDate ?? [])),
      key_last_used: used.toSorted((one, other) => other.getTime() - one.getTime())[0],
    });
  }
  return rows;
}

function earliest(dates: readonly Date[]): Date | undefined {
  return dates.toSorted((one, other) => one.getTime() - other.getTime())[0];
}
