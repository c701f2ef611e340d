import { describe, expect, test } from '@jest/globals';
import { LEVELS } from '../../src/model/level.ts';
import { asffFinding } from '../../src/report/asff.ts';
import type { ExportedEvent } from '../../src/report/event-columns.ts';

const event: ExportedEvent = {
  id: 7,
  organizationId: 'default',
  accountName: 'production',
  accountId: '111111111111',
  source: 'scoutsuite',
  service: 's3',
  checkId: 's3-bucket-no-versioning',
  level: 'medium',
  status: 'active',
  resourceId: 'arn:aws:s3:::acme',
  resourceName: 'acme',
  resourceType: 'bucket',
  region: 'eu-west-1',
  firstSeen: '2026-11-22T15:51:07.000Z',
  lastSeen: '2026-11-23T15:51:07.000Z',
  resolvedAt: null,
  reopenedAt: null,
  notified: true,
  itemPath: 's3.buckets.acme.versioning',
  finding: {
    title: 'No versioning',
    rationale: 'What is <b>deleted</b> is gone.',
    remediation: 'Turn it on.',
  },
  suppression: null,
};

const REQUIRED = [
  'AwsAccountId',
  'CreatedAt',
  'Description',
  'GeneratorId',
  'Id',
  'ProductArn',
  'Resources',
  'SchemaVersion',
  'Severity',
  'Title',
  'Types',
  'UpdatedAt',
];

/** What AWS documents of each finding that it takes. */
function problemsOf(finding: ReturnType<typeof asffFinding>): string[] {
  const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
  const text = (value: string, longest: number) => value.trim() !== '' && value.length <= longest;
  const rules: readonly (readonly [string, boolean])[] = [
    ...REQUIRED.map((name) => [name, Object.hasOwn(finding, name)] as const),
    ['SchemaVersion', finding.SchemaVersion === '2018-10-08'],
    ['AwsAccountId', /^\d{12}$/.test(finding.AwsAccountId)],
    ['Id', text(finding.Id, 512)],
    ['GeneratorId', text(finding.GeneratorId, 512)],
    ['Title', text(finding.Title, 256)],
    ['Description', text(finding.Description, 1024)],
    ['Remediation', text(finding.Remediation?.Recommendation.Text ?? 'none', 512)],
    [
      'ProductArn',
      /^arn:aws[\w-]*:securityhub:[\w-]+:(\d{12}):product\/\1\/default$/.test(finding.ProductArn),
    ],
    ['times', [finding.CreatedAt, finding.UpdatedAt].every((time) => timestamp.test(time))],
    ['Severity', ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'].includes(finding.Severity.Label)],
    [
      'Types',
      finding.Types.length <= 50 && finding.Types.every((type) => /^[^/]+(?:\/[^/]+){0,2}$/.test(type)),
    ],
    ['Resources', finding.Resources.length === 1 && finding.Resources.every(({ Id }) => text(Id, 512))],
    ['Workflow', ['NEW', 'SUPPRESSED', 'RESOLVED'].includes(finding.Workflow.Status)],
    ['RecordState', ['ACTIVE', 'ARCHIVED'].includes(finding.RecordState)],
    ['Compliance', ['PASSED', 'FAILED'].includes(finding.Compliance.Status)],
    ['ProductFields', Object.values(finding.ProductFields).every((value) => value.length <= 2048)],
    ['size', Buffer.byteLength(JSON.stringify(finding)) < 240 * 1024],
  ];
  return rules.filter(([, holds]) => !holds).map(([name]) => name);
}

describe('AWS takes', () => {
  const long = '😀'.repeat(2000);
  test.each<[string, Partial<ExportedEvent>]>([
    ['an event', {}],
    ['one of a global resource', { region: null, resourceName: null }],
    ['one whose check says nothing', { finding: null }],
    ['one whose check says blanks', { finding: { title: ' ', rationale: ' ', remediation: ' ' } }],
    [
      'long texts',
      { resourceId: long, checkId: long, finding: { title: long, rationale: long, remediation: long } },
    ],
    ['a suppressed one', { status: 'suppressed' }],
    ['a resolved one', { status: 'resolved', resolvedAt: '2026-11-24T00:00:00.000Z' }],
    ...LEVELS.map((level): [string, Partial<ExportedEvent>] => [level, { level }]),
  ])('%s', (_, change) => {
    const finding = asffFinding({ ...event, ...change });
    expect(problemsOf(finding)).toEqual([]);
    expect(JSON.stringify(finding).isWellFormed()).toBe(true);
    expect(JSON.stringify(finding)).not.toMatch(/\\ud[89a-f]/);
  });
});

test('it says what the event says', () => {
  expect(asffFinding(event)).toMatchObject({
    Id: 'vedette/default/7',
    ProductArn: 'arn:aws:securityhub:eu-west-1:111111111111:product/111111111111/default',
    GeneratorId: 'scoutsuite/s3-bucket-no-versioning',
    Title: 'No versioning',
    Description: 'What is deleted is gone.',
    Severity: { Label: 'MEDIUM' },
    Resources: [{ Type: 'Other', Id: 'arn:aws:s3:::acme', Partition: 'aws', Region: 'eu-west-1' }],
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    UpdatedAt: '2026-11-23T15:51:07.000Z',
  });
});

test('what is resolved is archived, and what is in no region is where its partition has such things', () => {
  const resolvedAt = '2026-11-24T00:00:00.000Z';
  expect(asffFinding({ ...event, status: 'resolved', resolvedAt })).toMatchObject({
    RecordState: 'ARCHIVED',
    Workflow: { Status: 'RESOLVED' },
    Compliance: { Status: 'PASSED' },
    UpdatedAt: resolvedAt,
  });
  const global = (resourceId: string) => asffFinding({ ...event, region: null, resourceId }).Region;
  expect(
    ['arn:aws:iam::1:user/a', 'arn:aws-cn:iam::1:user/a', 'arn:aws-us-gov:iam::1:user/a', 'a'].map(global),
  ).toEqual(['us-east-1', 'cn-north-1', 'us-gov-west-1', 'us-east-1']);
});
