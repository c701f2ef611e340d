import { expect, test } from '@jest/globals';
import type { NamedEvent } from '../../src/model/event.ts';
import { LEVELS } from '../../src/model/level.ts';
import { packageVersion } from '../../src/package-root.ts';
import { ocsfFinding, ocsfVerdict } from '../../src/report/ocsf.ts';
import type { JudgedResource } from '../../src/report/ocsf.ts';

const event: NamedEvent = {
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
  lastSeen: '2026-11-22T15:51:07.000Z',
  resolvedAt: null,
  reopenedAt: null,
  notified: true,
  itemPath: 's3.buckets.acme.versioning',
};

test('an event is a Compliance Finding', () => {
  expect(ocsfFinding(event)).toEqual({
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200301,
    type_name: 'Compliance Finding: Create',
    time: 1795362667000,
    severity_id: 3,
    severity: 'Medium',
    status_id: 1,
    status: 'New',
    message: 's3-bucket-no-versioning: acme',
    metadata: {
      version: '1.3.0',
      profiles: ['cloud'],
      product: { name: 'vedette', vendor_name: 'vedette', version: packageVersion() },
      uid: '7',
    },
    cloud: {
      provider: 'AWS',
      account: { uid: '111111111111', name: 'production', type: 'AWS Account', type_id: 10 },
      region: 'eu-west-1',
    },
    finding_info: {
      uid: 'default/7',
      title: 's3-bucket-no-versioning',
      analytic: { uid: 's3-bucket-no-versioning', name: 's3-bucket-no-versioning', type: 'Rule', type_id: 1 },
      data_sources: ['scoutsuite'],
      created_time: 1795362667000,
      first_seen_time: 1795362667000,
      last_seen_time: 1795362667000,
      types: ['s3'],
    },
    compliance: {
      control: 's3-bucket-no-versioning',
      standards: ['scoutsuite'],
      status_id: 3,
      status: 'Fail',
    },
    resources: [
      {
        uid: 'arn:aws:s3:::acme',
        name: 'acme',
        type: 'bucket',
        group: { name: 's3' },
        region: 'eu-west-1',
      },
    ],
  });
});

test('severities are numbered upwards', () => {
  expect(LEVELS.map((level) => ocsfFinding({ ...event, level }).severity_id)).toEqual([5, 4, 3, 2, 1]);
});

test('seen again, suppressed and resolved are told', () => {
  const later = '2026-11-23T00:00:00.000Z';
  expect(ocsfFinding({ ...event, lastSeen: later })).toMatchObject({
    activity_id: 2,
    type_uid: 200302,
    status_id: 1,
  });
  expect(ocsfFinding({ ...event, status: 'suppressed' })).toMatchObject({
    status_id: 3,
    status: 'Suppressed',
  });
  const resolved = ocsfFinding({ ...event, status: 'resolved', resolvedAt: later });
  expect(resolved).toMatchObject({
    activity_name: 'Close',
    status: 'Resolved',
    time: Date.parse(later),
    compliance: { status: 'Pass' },
  });
});

test('what a global resource without a name lacks is left out', () => {
  const { cloud, resources, message } = ocsfFinding({ ...event, region: null, resourceName: null });
  expect(cloud).not.toHaveProperty('region');
  expect(resources[0]).toEqual({ uid: 'arn:aws:s3:::acme', type: 'bucket', group: { name: 's3' } });
  expect(message).toContain('arn:aws:s3:::acme');
});

test('every field that the class requires is there', () => {
  const required: readonly string[][] = [
    ...['activity_id', 'category_uid', 'class_uid', 'time', 'type_uid', 'severity_id', 'compliance'].map(
      (name) => [name],
    ),
    ['finding_info', 'uid'],
    ['finding_info', 'title'],
    ['metadata', 'version'],
    ['metadata', 'product', 'vendor_name'],
    ['cloud', 'provider'],
  ];
  for (const status of ['active', 'suppressed', 'resolved'] as const) {
    const finding = ocsfFinding({ ...event, status, region: null, resourceName: null, accountName: null });
    for (const path of required) expect(finding).toHaveProperty(path);
    expect(finding.type_uid).toBe(finding.class_uid * 100 + finding.activity_id);
    expect(finding.category_uid).toBe(Math.floor(finding.class_uid / 1000));
    expect(Number.isSafeInteger(finding.time)).toBe(true);
  }
});

const judged: JudgedResource = {
  source: 'checks',
  checkId: 's3-bucket-versioning',
  title: 'Buckets keep versions',
  level: 'medium',
  service: 's3',
  verdict: 'fail',
  reason: null,
  accountId: '111111111111',
  region: 'eu-west-1',
  resourceId: 'arn:aws:s3:::acme',
  resourceName: 'acme',
  resourceType: 'AWS::S3::Bucket',
  subKey: '',
  seenAt: '2026-11-22T15:51:07.000Z',
};

test('a verdict is one too, with the same shape and an identity that lasts', () => {
  const keysOf = (value: object): string[] =>
    Object.entries(value)
      .flatMap(([key, inner]) =>
        typeof inner === 'object' && inner !== null && !Array.isArray(inner)
          ? keysOf(inner).map((name) => `${key}.${name}`)
          : [key],
      )
      .toSorted();
  const finding = ocsfVerdict(judged);
  const ofEvent = keysOf(ocsfFinding({ ...event, accountName: null }));
  expect(keysOf(finding)).toEqual(ofEvent.filter((key) => key !== 'finding_info.first_seen_time'));
  expect(finding).toMatchObject({
    status: 'New',
    compliance: { status_id: 3, status: 'Fail' },
    resources: [{ uid: 'arn:aws:s3:::acme', type: 'AWS::S3::Bucket' }],
  });
  const later = ocsfVerdict({ ...judged, verdict: 'pass', seenAt: '2026-12-01T00:00:00.000Z' });
  expect(later).toMatchObject({ status: 'Resolved', compliance: { status_id: 1, status: 'Pass' } });
  expect(later.finding_info.uid).toBe(finding.finding_info.uid);
  const others = [
    { subKey: '80' },
    { region: null },
    { accountId: '222222222222' },
    { checkId: 's3-bucket-mfa-delete' },
    { resourceId: 'arn:aws:s3:::other' },
  ].map((over) => ocsfVerdict({ ...judged, ...over }).finding_info.uid);
  expect(new Set([finding.finding_info.uid, ...others]).size).toBe(6);
});

test('what is not known is said so, with its reason', () => {
  const reason = 'denied: s3:ListBuckets (AccessDenied)';
  expect(
    ocsfVerdict({
      ...judged,
      verdict: 'unknown',
      reason,
      resourceId: null,
      resourceName: null,
      region: null,
    }),
  ).toMatchObject({
    status_id: 0,
    status_detail: reason,
    message: 's3-bucket-versioning: 111111111111',
    compliance: { status_id: 0, status: 'Unknown' },
    resources: [],
  });
});
