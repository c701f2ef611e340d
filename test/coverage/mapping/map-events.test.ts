import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parentOf } from '../../../src/coverage/attack.ts';
import { awsEventSource, awsStem, gcpKey, operationsOf } from '../../../src/coverage/mapping/event-name.ts';
import { COVERS, mapEvents } from '../../../src/coverage/mapping/map-events.ts';
import type { GivenRule } from '../../../src/coverage/mapping/rules-file.ts';
import { packageRoot } from '../../../src/package-root.ts';

/** Public rules that are not among the sets of the mapping's data: what they watch, and what their authors call it. */
const unseen = readFileSync(join(packageRoot(), 'test/fixtures/coverage/unseen-rules.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as GivenRule & { techniques: string[] });

const first = (provider: 'aws' | 'gcp', ...events: [source: string, name: string][]): string =>
  mapEvents(
    provider,
    events.map(([source, name]) => ({ source, name })),
  )[0]?.id ?? '';

describe('rules that nobody has shown it', () => {
  it.each([
    ['aws', 0.8],
    ['gcp', 0.85],
  ] as const)('%s: a parent technique of the author is among the first three', (provider, least) => {
    const rules = unseen.filter((rule) => rule.provider === provider);
    const hits = rules.filter(({ events, techniques }) => {
      const wanted = new Set(techniques.map(parentOf));
      return mapEvents(provider, events)
        .slice(0, 3)
        .some(({ id }) => wanted.has(parentOf(id)));
    });
    expect(rules.length).toBeGreaterThan(50);
    expect(hits.length / rules.length).toBeGreaterThanOrEqual(least);
  });
});

describe('names of events', () => {
  it.each([
    ['CreateFunction20150331', 'CreateFunction'],
    ['UpdateFunctionCode20150331v2', 'UpdateFunctionCode'],
    ['CreateDistribution2020_05_31', 'CreateDistribution'],
    ['DeleteTrail*', 'DeleteTrail'],
    ['CreateUser', 'CreateUser'],
  ])('%s is %s', (written, stem) => expect(awsStem(written)).toBe(stem));

  it.each([
    ['v1.compute.firewalls.insert', 'compute.firewalls.insert'],
    ['beta.compute.firewalls.insert', 'compute.firewalls.insert'],
    ['*compute.firewalls.insert', 'compute.firewalls.insert'],
    ['google.iam.admin.v1.CreateServiceAccountKey', 'iam.admin.createserviceaccountkey'],
    ['google.logging.v2.ConfigServiceV2.DeleteSink', 'logging.configservice.deletesink'],
    ['google.cloud.run.v1.Services.SetIamPolicy', 'run.services.setiampolicy'],
    ['io.k8s.core.v1.pods.exec.create', 'k8s:pods/exec:create'],
    ['io.k8s.authorization.rbac.v1.clusterrolebindings.create', 'k8s:clusterrolebindings:create'],
  ])('%s is %s', (method, key) => expect(gcpKey(method)).toBe(key));

  it.each([
    ['aws.s3', 's3.amazonaws.com'],
    ['aws.cloudwatch', 'monitoring.amazonaws.com'],
    ['iam.amazonaws.com', 'iam.amazonaws.com'],
  ])('%s is %s', (source, inLog) => expect(awsEventSource(source)).toBe(inLog));

  it('knows the operations of AWS', () => {
    expect(operationsOf('cloudtrail.amazonaws.com')).toContain('StopLogging');
    expect(operationsOf('none.amazonaws.com')).toEqual([]);
  });
});

describe('mapping', () => {
  it.each([
    ['cloudtrail.amazonaws.com', 'StopLogging', 'T1562.008'],
    ['iam.amazonaws.com', 'CreateAccessKey', 'T1098.001'],
    ['iam.amazonaws.com', 'CreateUser', 'T1136.003'],
    ['secretsmanager.amazonaws.com', 'GetSecretValue', 'T1555.006'],
    ['guardduty.amazonaws.com', 'DeleteDetector', 'T1562.001'],
    ['ssm.amazonaws.com', 'SendCommand', 'T1651'],
  ])('%s %s is %s', (source, name, id) => expect(first('aws', [source, name])).toBe(id));

  it.each([
    ['logging.googleapis.com', 'google.logging.v2.ConfigServiceV2.DeleteSink', 'T1562.008'],
    ['iam.googleapis.com', 'google.iam.admin.v1.CreateServiceAccountKey', 'T1098.001'],
    ['k8s.io', 'io.k8s.core.v1.pods.exec.create', 'T1609'],
  ])('%s %s is %s', (source, name, id) => expect(first('gcp', [source, name])).toBe(id));

  it('is the same for a name with the date of its service', () => {
    const ranked = (name: string) =>
      mapEvents('aws', [{ source: 'lambda.amazonaws.com', name }]).map(({ id, score }) => ({ id, score }));
    expect(ranked('UpdateFunctionCode20150331v2')).toEqual(ranked('UpdateFunctionCode'));
  });

  it('expands wildcards to the operations there are', () => {
    const found = mapEvents('aws', [{ source: 'rds.amazonaws.com', name: 'Delete*' }]);
    const destruction = found.find(({ id }) => id === 'T1485');
    expect(destruction?.score).toBeGreaterThanOrEqual(COVERS);
    expect(destruction?.events).toContainEqual({ source: 'rds.amazonaws.com', name: 'DeleteDBCluster' });
  });

  it('guesses by verb and service where no rule set knows the event', () => {
    expect(first('aws', ['kinesisanalytics.amazonaws.com', 'DescribeApplicationOperation'])).toMatch(
      /^T15(?:26|80)$/,
    );
    expect(first('aws', ['memorydb.amazonaws.com', 'DeleteSnapshot'])).toMatch(/^T14(?:85|90)$/);
    expect(first('gcp', ['spanner.googleapis.com', 'google.spanner.admin.v1.DropDatabase'])).not.toBe('');
  });

  it('says why, and gives scores between 0 and 1, best first', () => {
    const found = mapEvents('aws', [{ source: 's3.amazonaws.com', name: 'PutBucketPolicy' }]);
    expect(found[0]?.evidence[0]).toContain('s3.amazonaws.com PutBucketPolicy');
    const relevance = found.map((technique) => technique.relevance);
    expect(relevance).toEqual(relevance.toSorted((one, other) => other - one));
    expect(relevance.every((one) => one >= 0 && one <= 1)).toBe(true);
  });

  it.each(['', '*', '***', 'constructor', '__proto__', 'ſtrange', '('.repeat(500)])('bears %j', (name) => {
    expect(() => mapEvents('aws', [{ source: 's3.amazonaws.com', name }])).not.toThrow();
    expect(() => mapEvents('gcp', [{ source: '', name }])).not.toThrow();
  });
});
