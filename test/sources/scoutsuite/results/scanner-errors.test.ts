import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Place, ServiceScope } from '../../../../src/model/scope.ts';
import { packageRoot } from '../../../../src/package-root.ts';
import { readScannerErrors } from '../../../../src/sources/scoutsuite/results/scanner-errors.ts';
import type {
  ErrorsInput,
  ScannerErrors,
} from '../../../../src/sources/scoutsuite/results/scanner-errors.ts';

/** What ScoutSuite 5.14.0 logs when one of its calls is refused, by what it was about to read. */
const LOGGED = JSON.parse(
  readFileSync(join(packageRoot(), 'test', 'fixtures', 'scoutsuite-errors.json'), 'utf8'),
) as Record<string, { exception: string; traceback: string }>;

const GLOBAL = ['iam', 's3', 'cloudfront'];
const CHECKS = checksOfARecordedScan();
const SERVICES: ServiceScope[] = [...new Set(CHECKS.services)].map((service) => ({
  service,
  regions: GLOBAL.includes(service) ? null : ['eu-west-1', 'us-east-1'],
  resources: 1,
  fetchErrors: 0,
}));

/** The checks, services and kinds of resources of a whole report. */
function checksOfARecordedScan() {
  const file = join(packageRoot(), 'simulated-aws', 'recorded', 'scoutsuite_results_aws-111111111111-1.js');
  const report = JSON.parse(readFileSync(file, 'utf8').split('\n').slice(1).join('\n')) as {
    services: Record<string, { findings: Record<string, { path: string }> }>;
    metadata: Record<string, Record<string, { resources?: Record<string, unknown> }>>;
  };
  const servicesByContainer = new Map<string, string[]>();
  for (const [service, { resources }] of Object.values(report.metadata).flatMap((group) =>
    Object.entries(group),
  )) {
    for (const container of Object.keys(resources ?? {})) {
      servicesByContainer.set(container, [...(servicesByContainer.get(container) ?? []), service]);
    }
  }
  return {
    services: Object.keys(report.services),
    servicesByContainer,
    checks: Object.entries(report.services).flatMap(([service, { findings }]) =>
      Object.entries(findings).map(([checkId, { path }]) => ({ service, checkId, path })),
    ),
  };
}

async function read(errors: readonly unknown[], input: Partial<ErrorsInput> = {}): Promise<ScannerErrors> {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-errors-'));
  try {
    const resultsFile = join(folder, 'scoutsuite_results_a.js');
    writeFileSync(resultsFile, '');
    writeFileSync(join(folder, 'scoutsuite_errors_a.json'), JSON.stringify(errors));
    const { services, servicesByContainer, checks } = CHECKS;
    const known = { version: '5.14.0', services, servicesByContainer, partition: 'aws' };
    return await readScannerErrors({
      results: { file: resultsFile, accountId: '111111111111', time: '2026-11-22 15:51:07+0000' },
      scanTime: '2026-11-22T15:51:07.000Z',
      services: SERVICES,
      checks,
      known,
      signal: new AbortController().signal,
      ...input,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function logged(name: string): unknown {
  const error = LOGGED[name];
  if (error === undefined) throw new Error(`No error is recorded about ${name}.`);
  return error;
}

async function placesOf(name: string, input: Partial<ErrorsInput> = {}): Promise<Place[]> {
  const { unseen } = await read([logged(name)], input);
  return unseen.map(({ reason: _reason, detail: _detail, ...place }) => place);
}

function everyCheck(service: string, checkIds: readonly string[], rest: Place = {}): Place[] {
  return checkIds.map((checkId) => ({ service, checkId, ...rest }));
}

const EU = { region: 'eu-west-1' };
const OF_USERS = [
  'iam-inline-user-policy-allows-NotActions',
  'iam-inline-user-policy-allows-iam-PassRole',
  'iam-inline-user-policy-allows-sts-AssumeRole',
  'iam-user-no-Active-key-rotation',
  'iam-user-no-Inactive-key-rotation',
  'iam-user-with-inline-policies',
  'iam-user-with-multiple-access-keys',
  'iam-user-with-password-and-key',
  'iam-user-without-mfa',
];
const OF_MANAGED_POLICIES = [
  'iam-lightspin-user-action-denied-for-group',
  'iam-managed-policy-allows-NotActions',
  'iam-managed-policy-allows-full-privileges',
  'iam-managed-policy-allows-iam-PassRole',
  'iam-managed-policy-allows-sts-AssumeRole',
];
const OF_CREDENTIAL_REPORTS = [
  'iam-root-account-no-hardware-mfa',
  'iam-root-account-no-mfa',
  'iam-root-account-used-recently',
  'iam-root-account-with-active-certs',
  'iam-root-account-with-active-keys',
  'iam-unused-credentials-not-disabled',
];
const OF_PASSWORDS = [
  'iam-password-policy-expiration-threshold',
  'iam-password-policy-minimum-length',
  'iam-password-policy-no-expiration',
  'iam-password-policy-reuse-enabled',
];
const USE_OF_GROUPS = ['ec2-default-security-group-in-use', 'ec2-unused-security-group'];
const USERS = everyCheck('iam', [...OF_MANAGED_POLICIES, ...OF_USERS]);

describe('an error hides only what it can', () => {
  test.each<[string, Place[]]>([
    ['the users of IAM', USERS],
    ['the access keys of a user', USERS],
    ['the inline policies of a user', USERS],
    ['users whose tags are throttled', USERS],
    [
      'the MFA devices of a user',
      everyCheck('iam', [...OF_MANAGED_POLICIES, ...OF_CREDENTIAL_REPORTS, ...OF_USERS]),
    ],
    ['a managed policy', everyCheck('iam', [...OF_MANAGED_POLICIES, 'iam-managed-policy-no-attachments'])],
    ['the password policy', everyCheck('iam', OF_PASSWORDS)],
    ['the credential report', everyCheck('iam', OF_CREDENTIAL_REPORTS)],
    [
      'the end of IAM',
      [{ service: 'iam' }, { service: 'cloudformation', checkId: 'cloudformation-stack-with-role' }],
    ],
    [
      'instances',
      [
        ...everyCheck('ec2', ['ec2-instance-with-user-data-secrets', ...USE_OF_GROUPS]),
        { service: 'iam', checkId: 'iam-ec2-role-without-instances' },
      ],
    ],
    [
      'instances of a region that is away',
      [
        ...everyCheck('ec2', ['ec2-instance-with-user-data-secrets', ...USE_OF_GROUPS], EU),
        // Roles have no region.
        { service: 'iam', checkId: 'iam-ec2-role-without-instances' },
      ],
    ],
    ['images', [{ service: 'ec2', checkId: 'ec2-ami-public' }]],
    [
      'network ACLs',
      everyCheck('vpc', [
        'vpc-custom-network-acls-allow-all-egress',
        'vpc-custom-network-acls-allow-all-ingress',
        'vpc-default-network-acls-allow-all-egress',
        'vpc-default-network-acls-allow-all-ingress',
        'vpc-network-acl-not-used',
        'vpc-subnet-with-allow-all-egress-acls',
        'vpc-subnet-with-allow-all-ingress-acls',
      ]),
    ],
    ['flow logs', everyCheck('vpc', ['vpc-subnet-without-flow-log'])],
    // Of both services that are read through EC2, for nobody knows what uses them.
    [
      'route tables',
      [{ service: 'ec2' }, { service: 'vpc' }, { service: 'iam', checkId: 'iam-ec2-role-without-instances' }],
    ],
    ['a database snapshot', [{ service: 'rds', checkId: 'rds-snapshot-public', ...EU }]],
    ['the policy of a bucket', [{ service: 's3', resourceId: 'arn:aws:s3:::acme-logs' }]],
    ['all buckets', [{ service: 's3' }]],
    ['the policy of a key', [{ service: 'kms', ...EU, resourceId: '0a1b2c3d-1111-2222-3333-444455556666' }]],
    ['the keys of a region', [{ service: 'kms', ...EU }]],
    ['the topics of a region', [{ service: 'sns', ...EU }]],
    [
      'the policies of an identity',
      everyCheck(
        'ses',
        ['ses-identity-world-SendEmail-policy', 'ses-identity-world-SendRawEmail-policy'],
        EU,
      ),
    ],
    ['the listeners of a load balancer', [...everyCheck('ec2', USE_OF_GROUPS), { service: 'elbv2' }]],
    ['the policies of classic load balancers', everyCheck('elb', ['elb-older-ssl-policy'])],
    // The alarms are another thing.
    ['metric filters', [{ service: 'cloudwatch', resourceType: 'metric_filter', ...EU }]],
    ['configuration recorders', [{ service: 'config' }]],
    [
      'the selectors of a trail',
      [
        { service: 'cloudtrail', ...EU },
        ...everyCheck('cloudtrail', [
          'cloudtrail-duplicated-global-services-logging',
          'cloudtrail-no-global-services-logging',
        ]),
      ],
    ],
    ['functions', [{ service: 'awslambda' }, ...everyCheck('ec2', USE_OF_GROUPS)]],
    ['hosted zones', [{ service: 'route53', resourceType: 'hosted_zone' }]],
    ['a whole service', [{ service: 'ec2' }, { service: 'iam', checkId: 'iam-ec2-role-without-instances' }]],
  ])('about %s', async (name, places) => {
    const found = await placesOf(name);
    expect(found).toHaveLength(places.length);
    expect(found).toEqual(expect.arrayContaining(places));
  });

  test.each([
    ['VPCs', {}],
    ['VPCs of a region that is away', EU],
  ])('about %s: all that is sorted by them, and nothing else', async (name, region) => {
    const places = await placesOf(name);
    const ofService = (service: string) => places.filter((place) => place.service === service);
    expect(new Set(places.map(({ service }) => service))).toEqual(
      new Set(['ec2', 'vpc', 'elasticache', 'elb', 'elbv2', 'emr', 'iam', 'rds', 'redshift']),
    );
    expect(ofService('ec2').map(({ checkId }) => checkId)).not.toContain('ec2-ebs-volume-not-encrypted');
    expect(ofService('ec2')).toContainEqual({
      service: 'ec2',
      checkId: 'ec2-unused-security-group',
      ...region,
    });
    expect(ofService('rds')).toEqual([{ service: 'rds', ...region }]);
    expect(ofService('elb')).not.toContainEqual(expect.objectContaining({ checkId: 'elb-older-ssl-policy' }));
    expect(ofService('iam')).toEqual([{ service: 'iam', checkId: 'iam-ec2-role-without-instances' }]);
  });
});

describe('what cannot be told is taken to be hidden', () => {
  test('a check of somebody’s own may look at anything of its service', async () => {
    const own = { service: 'ec2', checkId: 'acme-naming', path: 'ec2.regions.id.volumes.id' };
    const places = await placesOf('images', { checks: [...CHECKS.checks, own] });
    expect(places).toContainEqual({ service: 'ec2', checkId: 'acme-naming' });
  });

  test('a region that the service does not have in the results may be any', async () => {
    const services = SERVICES.map((scope) => ({ ...scope, regions: ['us-east-1'] }));
    expect(await placesOf('the topics of a region', { services })).toEqual([{ service: 'sns' }]);
  });

  test('another version of ScoutSuite may do otherwise', async () => {
    const { services, servicesByContainer } = CHECKS;
    const known = { version: '5.15.0', services, servicesByContainer, partition: 'aws' };
    expect(await placesOf('the topics of a region', { known })).toEqual([{ service: 'sns' }]);
    expect(await placesOf('the policy of a bucket', { known })).toEqual([{ service: 's3' }]);
    expect(await placesOf('the users of IAM', { known })).toContainEqual({ service: 'iam' });
  });

  test('an error about nobody knows what hides everything', async () => {
    const { unseen } = await read([{ exception: 'Something\nodd', file: 'x.py', traceback: 'None' }]);
    expect(unseen).toEqual([{ reason: 'fetch error', detail: 'Something odd' }]);
  });

  test('so does a log that cannot be read', async () => {
    const { unseen } = await read({} as never);
    expect(unseen).toEqual([
      { reason: 'fetch error', detail: expect.stringContaining('does not hold a list') },
    ]);
  });
});

test('many errors about one place are one place, and are all counted', async () => {
  const error = logged('the topics of a region');
  const { unseen, fetchErrors } = await read([error, error, error]);
  expect(unseen).toHaveLength(1);
  expect(unseen[0]?.detail).toMatch(/^Failed to get all pages .*ListTopics/);
  expect(fetchErrors.get('sns')).toBe(3);
  expect(fetchErrors.get('ec2')).toBe(0);
});

test('buckets are named in the partition of the account', async () => {
  const { services, servicesByContainer } = CHECKS;
  const known = { version: '5.14.0', services, servicesByContainer, partition: 'aws-cn' };
  expect(await placesOf('the policy of a bucket', { known })).toEqual([
    { service: 's3', resourceId: 'arn:aws-cn:s3:::acme-logs' },
  ]);
});
