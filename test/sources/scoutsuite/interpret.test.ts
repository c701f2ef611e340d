import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { VedetteError } from '../../../src/errors.ts';
import { silent } from '../../../src/log.ts';
import type { ObservedEvent, ObservedFinding, ScanFacts } from '../../../src/model/observation.ts';
import type { ServiceScope } from '../../../src/model/scope.ts';
import { interpretResults } from '../../../src/sources/scoutsuite/interpret.ts';

const RECORDED = 'simulated-aws/recorded';
const EXPECTED = 'test/fixtures/expected';
const SCANS = ['111111111111', '222222222222'].flatMap((account) =>
  [1, 2, 3, 4].map((n) => `aws-${account}-${n}`),
);
const FIRST = recorded('aws-111111111111-1');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-parse-'));
});
afterAll(() => rm(folder, { recursive: true }));

function recorded(scan: string): string {
  return join(RECORDED, `scoutsuite_results_${scan}.js`);
}

interface Interpreted {
  scan: ScanFacts;
  findings: ObservedFinding[];
  events: ObservedEvent[];
}

async function interpret(file: string, signal = new AbortController().signal): Promise<Interpreted> {
  const findings: ObservedFinding[] = [];
  const events: ObservedEvent[] = [];
  const scans: ScanFacts[] = [];
  const kinds = new Set<string>();
  for await (const observation of interpretResults(file, { signal, onProgress: () => {}, logger: silent })) {
    kinds.add(observation.kind);
    if (observation.kind === 'scan') scans.push(observation.scan);
    else if (observation.kind === 'finding') findings.push(observation.finding);
    else if (observation.kind === 'event') events.push(observation.event);
  }
  expect([...kinds]).toEqual(['scan', 'finding', 'event'].slice(0, kinds.size));
  return { scan: scans[0] as ScanFacts, findings, events };
}

interface Finding {
  items?: unknown;
  level?: unknown;
  path: string;
  [member: string]: unknown;
}
interface Results {
  account_id?: unknown;
  provider_code?: unknown;
  service_list?: unknown;
  metadata?: unknown;
  last_run: {
    time?: unknown;
    summary: Record<string, { resources_count: number }>;
    [member: string]: unknown;
  };
  services: Record<string, { findings: Record<string, Finding>; [member: string]: unknown }>;
}

async function readResults(file: string): Promise<Results> {
  return JSON.parse((await readFile(file, 'utf8')).replace(/^scoutsuite_results =\n/, '')) as Results;
}

let written = 0;
/** Writes a results file into a folder of its own. */
async function write(
  content: string | Buffer | object,
  name = 'scoutsuite_results_aws-x.js',
): Promise<string> {
  const inside = join(folder, String((written += 1)));
  await mkdir(inside);
  const isText = typeof content === 'string' || Buffer.isBuffer(content);
  await writeFile(
    join(inside, name),
    isText ? content : `scoutsuite_results =\n${JSON.stringify(content)}\n`,
  );
  return join(inside, name);
}

async function changed(change: (results: Results) => void, base = FIRST): Promise<string> {
  const results = await readResults(base);
  change(results);
  return write(results);
}

function hashes({ events }: Interpreted): string[] {
  return events.map(({ eventHash }) => eventHash).toSorted();
}

function serviceOf({ scan }: Interpreted, name: string): ServiceScope | undefined {
  return scan.scope.services.find(({ service }) => service === name);
}

describe('recorded scans', () => {
  interface ExpectedEvent {
    finding_id: string;
    item: string;
    stable_item: string;
    resource_id: string;
    resource_name: string | null;
    resource_type: string;
    region: string | null;
    vpc: string | null;
  }

  test.each(SCANS)('%s: every event is about the expected resource', async (scan) => {
    const lines = (await readFile(join(EXPECTED, `${scan}.events.jsonl`), 'utf8')).trim().split('\n');
    const expected = lines.map((line) => {
      const event = JSON.parse(line) as ExpectedEvent;
      return {
        checkId: event.finding_id,
        itemPath: event.item,
        resourceId: event.resource_id.replace(/^(arn:aws:s3:::.*)\/\*$/, '$1'),
        resourceName: event.resource_name,
        resourceType: event.resource_type,
        region: event.region,
        stablePath: event.stable_item.replaceAll('scoutid-', ''),
        vpcId: event.vpc,
      };
    });
    const { events } = await interpret(recorded(scan));
    const actual = events.map(
      ({ checkId, itemPath, resourceId, resourceName, resourceType, region, stablePath, details }) => ({
        checkId,
        itemPath,
        resourceId,
        resourceName,
        resourceType,
        region,
        stablePath,
        vpcId: details.vpcId ?? null,
      }),
    );
    const order = (one: { checkId: string; itemPath: string }) => `${one.checkId} ${one.itemPath}`;
    const sorted = <T extends { checkId: string; itemPath: string }>(list: T[]) =>
      list.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
    expect(sorted(actual)).toEqual(sorted(expected));
  });

  test('hashes are the documented ones, and all different', async () => {
    const { events } = await interpret(FIRST);
    for (const { service, checkId, resourceId, stablePath, eventHash } of events) {
      const text = `${service}:${checkId}:${resourceId}:${stablePath}`;
      expect(eventHash).toBe(createHash('sha256').update(text).digest('hex'));
    }
    expect(new Set(events.map(({ eventHash }) => eventHash)).size).toBe(555);
  });

  test('the facts of a scan', async () => {
    const { scan, findings } = await interpret(FIRST);
    expect(scan).toMatchObject({
      source: 'scoutsuite',
      accountId: '111111111111',
      scanTime: '2026-11-22T15:51:07.000Z',
      version: '5.14.0',
      warnings: [],
      scope: {
        requested: { services: [], skippedServices: [], regions: [], excludedRegions: [] },
        unseen: [],
      },
    });
    expect(scan.scope.services).toHaveLength(27);
    expect(findings).toHaveLength(157);
    expect(findings.filter(({ flaggedItems }) => flaggedItems > 0)).toHaveLength(74);
  });

  test('resources are counted in the tree, load balancers included, settings of regions not', async () => {
    const first = await interpret(FIRST);
    const resources = (name: string) => serviceOf(first, name)?.resources;
    expect(['elb', 'elbv2', 's3', 'iam', 'ec2', 'config', 'cloudtrail'].map(resources)).toEqual([
      3, 3, 5, 18, 71, 0, 0,
    ]);
    expect(serviceOf(first, 'iam')?.regions).toBeNull();
    expect(serviceOf(first, 'sns')?.regions).toHaveLength(20);
  });

  test('only what was asked for is in scope', async () => {
    const some = await interpret(recorded('aws-111111111111-4'));
    expect(some.scan.scope.services.map(({ service }) => service)).toEqual(['iam', 's3']);
    expect(some.scan.scope.requested.services).toEqual(['s3', 'iam']);
    const oneRegion = await interpret(recorded('aws-222222222222-4'));
    expect(serviceOf(oneRegion, 'ec2')?.regions).toEqual(['us-west-2']);
    // It only runs in a region that was not asked for.
    expect(serviceOf(oneRegion, 'route53')?.regions).toEqual([]);
    expect(serviceOf(oneRegion, 'sns')).toMatchObject({ resources: 0, fetchErrors: 1 });
    expect(oneRegion.scan.warnings).toEqual([expect.stringContaining('fetching sns')]);
  });

  test('a finding keeps its texts, and has lists where ScoutSuite has null', async () => {
    const { findings } = await interpret(FIRST);
    const finding = findings.find(({ checkId }) => checkId === 'iam-root-account-no-mfa');
    expect(finding).toMatchObject({
      service: 'iam',
      level: 'critical',
      sourceLevel: 'danger',
      evaluated: true,
      flaggedItems: 1,
    });
    expect(finding?.compliance[0]).toEqual({
      name: expect.any(String),
      version: expect.any(String),
      reference: expect.any(String),
    });
    for (const { references, compliance, title } of findings) {
      expect([Array.isArray(references), Array.isArray(compliance), title.length > 0]).toEqual([
        true,
        true,
        true,
      ]);
    }
  });
});

describe('other shapes of the same scan', () => {
  test('keys as version 5.10.2 writes them give the same events', async () => {
    const text = await readFile(FIRST, 'utf8');
    const older = await write(
      text.replaceAll('scoutid-', '').replace('"version": "5.14.0"', '"version": "5.10.2"'),
    );
    const [before, after] = [await interpret(older), await interpret(FIRST)];
    expect(before.scan.version).toBe('5.10.2');
    expect(hashes(before)).toEqual(hashes(after));
  });

  test.each<[string, (json: string) => string | Buffer]>([
    ['pretty-printed', (json) => `scoutsuite_results =\n${JSON.stringify(JSON.parse(json), null, 4)}\n`],
    ['a byte order mark', (json) => `\ufeffscoutsuite_results =\n${json}`],
    ['a semicolon', (json) => `scoutsuite_results = ${json};\n`],
    [
      'Windows line ends',
      (json) =>
        `scoutsuite_results =\r\n${JSON.stringify(JSON.parse(json), null, 2).replaceAll('\n', '\r\n')};\r\n`,
    ],
    ['plain JSON', (json) => json],
    [
      'text that is not ASCII',
      (json) => `scoutsuite_results =\n${JSON.stringify(JSON.parse(json)).replace('"app', '"äpp')}`,
    ],
    [
      'numbers that JSON does not have',
      (json) => json.replace('"lbs_count": 1', '"lbs_count": NaN').replace('"Size": 8', '"Size": -Infinity'),
    ],
  ])('%s', async (_name, reshape) => {
    const json = (await readFile(FIRST, 'utf8')).replace('scoutsuite_results =\n', '');
    const file = await write(reshape(json));
    expect(hashes(await interpret(file))).toEqual(hashes(await interpret(FIRST)));
  });

  test('members in another order: services before everything else', async () => {
    const { services, ...rest } = await readResults(FIRST);
    const reordered = await interpret(await write({ services, ...rest }));
    expect(hashes(reordered)).toEqual(hashes(await interpret(FIRST)));
    expect(serviceOf(reordered, 'sqs')?.resources).toBe(6);
  });

  test('without its tree the documented pattern is used, and told', async () => {
    const file = await changed((results) => {
      for (const service of Object.values(results.services)) delete service.regions;
    });
    const { events } = await interpret(file);
    const instance = events.find(({ itemPath }) => itemPath.includes('.security_groups.sg-'));
    expect(instance).toMatchObject({ resourceType: 'security_group', details: { resolvedBy: 'pattern' } });
    expect(instance?.resourceId).toMatch(/^sg-/);
    expect(instance?.region).toBe(instance?.itemPath.split('.')[2]);
    expect(events.find(({ service }) => service === 's3')?.details.resolvedBy).toBe('tree');
    expect(events).toHaveLength(555);
  });

  test('the example of the requirements', async () => {
    const item = 'services.ec2.regions.eu-west-2.vpcs.vpc-123.instances.i-456.security_groups';
    const finding = {
      path: 'ec2.regions.id.vpcs.id.instances.id',
      level: 'high',
      items: [item],
      checked_items: 1,
    };
    const file = await write({
      account_id: '012345678901',
      last_run: { time: '2021-10-01 20:47:09+0200' },
      services: { ec2: { findings: { check: finding } } },
    });
    const { scan, events } = await interpret(file);
    expect(scan).toMatchObject({ accountId: '012345678901', scanTime: '2021-10-01T18:47:09.000Z' });
    expect(events).toMatchObject([
      { resourceId: 'i-456', resourceType: 'instance', region: 'eu-west-2', level: 'high', itemPath: item },
    ]);
  });

  test('dotted keys at every depth, also beside keys that they begin with', async () => {
    const file = await changed((results) => {
      results.services = {
        ses: {
          identities: {
            mail: { name: 'short' },
            'mail.example.com': {
              name: 'long',
              policies: { 'world.send': { Statement: [{ Sid: 'x.y' }] }, world: {} },
            },
          },
          findings: {
            check: {
              path: 'ses.identities.id.policies.id.Statement.id',
              items: ['ses.identities.mail.example.com.policies.world.send.Statement.0'],
            },
            undeclared: {
              path: 'ses.identities.id',
              items: ['ses.identities.mail.example.com', 'ses.identities.mail.example'],
            },
          },
        },
      };
      results.metadata = {
        messaging: { ses: { resources: { identities: { path: 'services.ses.identities' } } } },
      };
    });
    const { events } = await interpret(file);
    expect(
      events.map(({ resourceId, resourceName, stablePath }) => [resourceId, resourceName, stablePath]),
    ).toEqual(
      expect.arrayContaining([
        ['mail.example.com', 'long', 'ses.identities.mail.example.com.policies.world.send.Statement.[x.y]'],
        ['mail.example.com', 'long', 'ses.identities.mail.example.com'],
        ['mail', 'short', 'ses.identities.mail.example'],
      ]),
    );
  });
});

describe('odd content does not stop a file', () => {
  test('items that cannot be followed are skipped, counted and told', async () => {
    const file = await changed(({ services }) => {
      const finding = services.s3?.findings['s3-bucket-no-logging'] as Finding;
      const items = finding.items as string[];
      finding.items = [...items, 5, null, '', 'ec2.regions.x', items[0]];
    });
    const { scan, events } = await interpret(file);
    expect(events).toHaveLength(555);
    expect(scan.warnings).toEqual([
      'Not all that s3-bucket-no-logging flagged can be read: nothing of it is taken as fixed.',
      '2 items of s3-bucket-no-logging skipped: not a text.',
      '2 items of s3-bucket-no-logging skipped: not a path in s3.',
      '1 item of s3-bucket-no-logging skipped: listed twice.',
    ]);
  });

  test('a rule that crashed is no proof of anything', async () => {
    const file = await changed(({ services }) => delete services.s3?.findings['s3-bucket-no-logging']?.items);
    const { scan, findings } = await interpret(file);
    expect(scan.scope.unseen).toEqual([
      { service: 's3', checkId: 's3-bucket-no-logging', reason: 'check not evaluated' },
    ]);
    expect(findings.find(({ checkId }) => checkId === 's3-bucket-no-logging')?.evaluated).toBe(false);
    expect(scan.warnings).toEqual([expect.stringContaining('could not evaluate s3-bucket-no-logging')]);
  });

  test('findings and services of another type are skipped and told', async () => {
    const file = await changed((results) => {
      Object.assign(results.services, { nothing: null });
      Object.assign(results.services.s3?.findings ?? {}, {
        odd: 'text',
        unusual: { path: 7, items: [], level: 5 },
      });
    });
    const { scan, findings } = await interpret(file);
    expect(scan.warnings.join()).toMatch(
      /services.s3.findings.odd is not an object.*services.nothing is not an object/,
    );
    expect(findings.find(({ checkId }) => checkId === 'unusual')).toMatchObject({
      level: 'medium',
      title: 'unusual',
    });
  });

  test('a service whose resources vanished has none', async () => {
    const file = await changed(({ services }) => {
      const regions = services.sqs?.regions as Record<string, { queues: object }>;
      for (const region of Object.values(regions)) region.queues = {};
    });
    expect(serviceOf(await interpret(file), 'sqs')?.resources).toBe(0);
  });
});

describe('bad files are refused with their name, the fault and a remedy, before anything is yielded', () => {
  async function problemOf(file: string): Promise<VedetteError> {
    const failure = await failureOf(file);
    expect(failure).toBeInstanceOf(VedetteError);
    expect(failure.message).toContain(file);
    expect((failure as VedetteError).remedy.length).toBeGreaterThan(15);
    return failure as VedetteError;
  }

  async function failureOf(file: string): Promise<Error> {
    const context = { signal: new AbortController().signal, onProgress: () => {}, logger: silent };
    try {
      for await (const { kind } of interpretResults(file, context))
        return new Error(`${file} gave a ${kind}`);
    } catch (error) {
      return error as Error;
    }
    return new Error(`${file} gave nothing`);
  }

  const minimal = {
    account_id: '123456789012',
    last_run: { time: '2026-01-01 00:00:00+0000' },
    services: { s3: { findings: {} } },
  };

  test.each<[string, string | Buffer | object, RegExp]>([
    ['empty', '', /is empty/],
    ['white space', ' \n ', /ends before its results begin/],
    ['only the prefix', 'scoutsuite_results =\n', /ends before its results begin/],
    ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0xff, 0xfe, 1, 2]), /is a binary file/],
    ['SQLite', 'SQLite format 3\0 and pages', /is a SQLite database/],
    ['compressed', Buffer.from([0x1f, 0x8b, 8, 0, 0]), /is compressed/],
    ['exceptions', 'exceptions =\n{}\n', /exceptions, not its results/],
    ['HTML', '<!DOCTYPE html><html>', /is an HTML page/],
    ['a list of errors', '[{"exception": "x"}]', /holds a list/],
    ['another text', 'hello', /does not begin with "scoutsuite_results ="/],
    [
      'latin-1',
      Buffer.from('scoutsuite_results =\n{"account_id": "Z\xfcrich"}', 'latin1'),
      /not UTF-8 text \(byte 38\)/,
    ],
    ['an object of another kind', { a: 1 }, /has no "services"/],
    ['services of another kind', { ...minimal, services: [] }, /has no "services"/],
    ['no account', { ...minimal, account_id: undefined }, /has no "account_id"/],
    ['an account that is none', { ...minimal, account_id: 'my-project' }, /"my-project" for an account_id/],
    ['no time', { ...minimal, last_run: {} }, /has no "last_run.time"/],
    [
      'a time without a zone',
      { ...minimal, last_run: { time: '2026-01-01 00:00:00' } },
      /unreadable .* "last_run.time"/,
    ],
    [
      'a day that does not exist',
      { ...minimal, last_run: { time: '2026-02-30 00:00:00+0000' } },
      /unreadable/,
    ],
    ['another provider', { ...minimal, provider_code: 'gcp' }, /is a scan of gcp/],
    ['text behind the end', `${JSON.stringify(minimal)} trailing`, /unexpected "t"/],
  ])('%s', async (_name, content, message) => {
    const failure = await problemOf(await write(content));
    expect(failure.type).toBe('results-invalid');
    expect(failure.message).toMatch(message);
  });

  test('the minimum that all these lack something of is accepted', async () => {
    expect((await interpret(await write(minimal))).scan.accountId).toBe('123456789012');
  });

  test('missing', async () => {
    expect((await problemOf(join(folder, 'nowhere.js'))).type).toBe('results-missing');
    expect((await problemOf(join(FIRST, 'below-a-file.js'))).type).toBe('results-missing');
  });

  test('a folder: the remedy names the file in it', async () => {
    const failure = await problemOf('simulated-aws');
    expect(failure.message).toContain('is a folder');
    expect(failure.remedy).toContain(join('simulated-aws', 'recorded', 'scoutsuite_results_'));
    expect((await problemOf('docs')).type).toBe('results-invalid');
  });

  test('cut off anywhere', async () => {
    const whole = await readFile(recorded('aws-222222222222-4'));
    const lengths = Array.from(
      { length: 40 },
      (_, index) => 22 + Math.floor(((whole.length - 30) * (index * 0.618)) % (whole.length - 30)),
    );
    for (const length of lengths) {
      const failure = await problemOf(await write(whole.subarray(0, length)));
      expect(failure.message).toMatch(/ends in the middle of .* \(byte \d+\)/);
      expect(failure.remedy).toContain('damaged');
    }
  });
});

describe('the errors file beside the results', () => {
  const sns = 'scoutsuite_errors_aws-222222222222-3.json';

  async function withErrors(errors: unknown, age = 0, scan = 'aws-111111111111-1'): Promise<Interpreted> {
    const file = await write('', 'scoutsuite_results_a.js');
    await copyFile(recorded(scan), file);
    const beside = join(file, '..', 'scoutsuite_errors_a.json');
    await writeFile(beside, typeof errors === 'string' ? errors : JSON.stringify(errors));
    const at = new Date(Date.now() - age);
    await utimes(beside, at, at);
    return interpret(file);
  }

  function blocked({ scan }: Interpreted): string[] {
    return scan.scope.services.filter(({ fetchErrors }) => fetchErrors > 0).map(({ service }) => service);
  }

  function error(exception: string, path = '', file = 'base.py'): object {
    return {
      exception,
      file,
      line: 1,
      traceback: path === '' ? 'None' : `File "/opt/x/ScoutSuite/${path}", line 1`,
      additional_details: null,
    };
  }

  test('errors count for the service that they come from', async () => {
    const result = await withErrors(await readFile(join(RECORDED, sns), 'utf8'));
    expect(blocked(result)).toEqual(['sns']);
  });

  test.each<[object, string[]]>([
    [error('Failed to get all pages from paginator for the lambda service: AccessDenied'), ['awslambda']],
    [error('Failed to get all pages from paginator for the logs service: x'), ['cloudwatch']],
    [error('Failed to create client for the ec2 service: x'), ['ec2', 'vpc']],
    [error('Could not fetch Secrets Manager configuration: x'), ['secretsmanager']],
    [error('Could not fetch RDS configuration: x'), ['rds']],
    [error('Failed to call fetch_all() for resource queues: x'), ['sqs']],
    [
      error('Failed to call fetch_all() for resource images: x', 'providers/aws/resources/ec2/ami.py'),
      ['ec2'],
    ],
    [error('Failed to get bucket location for b: x', 'providers/aws/facade/s3.py', 's3.py'), ['s3']],
    [error('whatever', '', 'kms.py'), ['kms']],
    [error('Failed to get CloudFront distribution lists: x'), ['cloudfront']],
    [
      error('Failed to describe EC2 VPC: x', 'providers/aws/facade/ec2.py', 'ec2.py'),
      ['ec2', 'elasticache', 'elb', 'elbv2', 'emr', 'rds', 'redshift', 'vpc'],
    ],
    [
      {
        ...error('x', 'providers/base/provider.py'),
        additional_details: { 'current path': "['services', 'elb', 'regions']" },
      },
      ['elb'],
    ],
  ])('%j', async (logged, services) => {
    const result = await withErrors([logged]);
    expect(blocked(result).toSorted()).toEqual(services);
    expect(result.scan.warnings.length).toBeGreaterThan(0);
  });

  test('an error of nobody knows what blocks everything, and is named', async () => {
    const result = await withErrors([error('Something\nodd \u001b[31m happened')]);
    expect(blocked(result)).toHaveLength(27);
    expect(result.scan.warnings).toEqual([expect.stringContaining('"Something odd [31m happened"')]);
  });

  test('errors of evaluating rules block nothing', async () => {
    const result = await withErrors([
      error('Unable to get "Effect"', 'core/utils.py', 'browser.py'),
      error('x', 'core/processingengine.py'),
    ]);
    expect(blocked(result)).toEqual([]);
    expect(result.scan.warnings).toEqual([expect.stringContaining('2 errors while evaluating')]);
  });

  test('a file that cannot be read blocks everything', async () => {
    expect(blocked(await withErrors('[{'))).toHaveLength(27);
    expect(blocked(await withErrors({}))).toHaveLength(27);
  });

  test('a stale file does no harm', async () => {
    const stale = await withErrors([error('x')], 3650 * 24 * 3_600_000);
    expect(blocked(stale)).toEqual([]);
    expect(stale.scan.warnings).toEqual([expect.stringContaining('is older than this scan')]);
    const others = [error('Could not fetch RDS configuration: x'), error('x')];
    expect(blocked(await withErrors(others, 0, 'aws-111111111111-4'))).toEqual([]);
  });
});

describe('what no scan has so many of is refused, with the limit', () => {
  test.each<[string, RegExp, (results: Results) => void]>([
    ['services', /more than 1000 services/, ({ services }) => fill(services, 1001, { findings: {} })],
    [
      'checks',
      /more than 10000 checks/,
      ({ services }) => fill(services['s3']?.findings ?? {}, 10_001, { path: 's3.buckets.id', items: [] }),
    ],
    ['regions', /more than 1000 regions/, ({ services }) => fill(regionsOf(services['ec2']), 1001, {})],
    [
      'items of a finding',
      /more than 500000 items in one finding/,
      ({ services }) => (findingOf(services).items = Array.from({ length: 500_001 }, (_, n) => `s3.${n}`)),
    ],
    [
      'bytes of the items of a finding',
      /more than 67108864 bytes of items in one finding/,
      ({ services }) => (findingOf(services).items = Array.from({ length: 70 }, () => 'x'.repeat(1_000_000))),
    ],
    ['facts', /more than \d+ bytes in metadata/, (results) => (results.metadata = 'x'.repeat(9 * 2 ** 20))],
  ])('%s', async (_, problem, change) => {
    const file = await changed(change);
    await expect(interpret(file)).rejects.toMatchObject({
      type: 'results-invalid',
      message: expect.stringMatching(problem),
    });
  });

  test('a list of items that stands twice is refused: which of the two counts, nobody knows', async () => {
    const file = join(folder, 'items-twice.js');
    const text = JSON.stringify(await readResults(FIRST));
    await writeFile(file, text.replace('"items":[', '"items":[],"items":['));
    await expect(interpret(file)).rejects.toMatchObject({
      type: 'results-invalid',
      message: expect.stringMatching(/has services\.\w+\.findings\.[\w-]+\.items twice/),
    });
  });

  test('an item of very many parts is not followed, and not taken as fixed', async () => {
    const check = 's3-bucket-no-logging';
    const file = await changed(({ services }) => {
      Object.assign(services['s3']?.findings[check] ?? {}, { items: [`s3.buckets.${'a.'.repeat(30_000)}b`] });
    });
    const { scan } = await interpret(file);
    expect(scan.scope.unseen).toContainEqual({ service: 's3', checkId: check, reason: 'items unreadable' });
  });

  function fill(object: object, count: number, value: unknown): void {
    Object.assign(
      object,
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, value])),
    );
  }

  function findingOf(services: Results['services']): Finding {
    return services['s3']?.findings['s3-bucket-no-logging'] as Finding;
  }

  function regionsOf(service: Results['services'][string] | undefined): object {
    return service?.['regions'] as object;
  }
});

describe('large files', () => {
  test('are read in bounded memory, and stop when told', async () => {
    const file = join(folder, 'large.js');
    await writeLargeFile(file, 120);
    const before = process.memoryUsage().rss;
    const { scan, events } = await interpret(file);
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    expect(events).toHaveLength(2000);
    expect(
      events.every(({ resourceName, details }) => resourceName !== null && details.resolvedBy === 'tree'),
    ).toBe(true);
    expect(scan.scope.services[0]?.resources).toBe(2000);
    expect(grown).toBeLessThan(100);

    const abort = new AbortController();
    abort.abort(new Error('told to stop'));
    await expect(interpret(file, abort.signal)).rejects.toThrow('told to stop');
  });

  /** 2000 flagged queues, then a service of nothing but bulk. */
  async function writeLargeFile(path: string, mebibytes: number): Promise<void> {
    const out = createWriteStream(path);
    const keys = Array.from({ length: 2000 }, (_, index) =>
      createHash('sha1').update(String(index)).digest('hex'),
    );
    const items = keys.map((key) => `sqs.regions.eu-west-1.queues.scoutid-${key}.encrypted`);
    const queues = Object.fromEntries(
      keys.map((key, index) => [
        `scoutid-${key}`,
        { name: `queue-${index}`, arn: `arn:aws:sqs:eu-west-1:1:q${index}` },
      ]),
    );
    const head = {
      account_id: '123456789012',
      last_run: { time: '2026-01-01 00:00:00+0000' },
      metadata: { messaging: { sqs: { resources: { queues: { path: 'services.sqs.regions.id.queues' } } } } },
      service_list: ['sqs'],
    };
    const sqs = {
      findings: {
        check: { path: 'sqs.regions.id.queues.id', id_suffix: 'encrypted', level: 'danger', items },
      },
      regions: { 'eu-west-1': { queues } },
    };
    out.write(
      `scoutsuite_results =\n${JSON.stringify(head).slice(0, -1)}, "services": {"sqs": ${JSON.stringify(sqs)}, "vpc": {"findings": {}, "bulk": [0`,
    );
    const bulk =
      `,${JSON.stringify({ text: 'Zürich "{[ \\ \u0007'.repeat(20), list: [1, { deep: [[]] }] })}`.repeat(
        2600,
      );
    for (let size = 0; size < mebibytes * 2 ** 20; size += bulk.length) {
      if (!out.write(bulk)) await once(out, 'drain');
    }
    out.end(']}}}\n');
    await once(out, 'finish');
  }
});
