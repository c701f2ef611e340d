import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { silent } from '../../../src/log.ts';
import type { ObservedEvent, ObservedFinding, ScanFacts } from '../../../src/model/observation.ts';
import { prowlerResults } from '../../../src/sources/prowler/importable.ts';
import { interpretProwler } from '../../../src/sources/prowler/interpret.ts';

const FIRST = 'test/fixtures/prowler/prowler-output-111111111111-20261103060012';
const SECOND = 'test/fixtures/prowler/prowler-output-111111111111-20261110060009';
const FORMS = ['.ocsf.json', '.csv'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-prowler-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Interpreted {
  scan: ScanFacts;
  findings: ObservedFinding[];
  events: ObservedEvent[];
}

async function interpret(file: string, signal = new AbortController().signal): Promise<Interpreted> {
  const scans: ScanFacts[] = [];
  const findings: ObservedFinding[] = [];
  const events: ObservedEvent[] = [];
  for await (const one of interpretProwler(file, { signal, onProgress: () => {}, logger: silent })) {
    if (one.kind === 'scan') scans.push(one.scan);
    else if (one.kind === 'finding') findings.push(one.finding);
    else if (one.kind === 'event') events.push(one.event);
  }
  expect(scans).toHaveLength(1);
  return { scan: scans[0] as ScanFacts, findings, events };
}

function write(content: string | Buffer): string {
  const file = join(folder, 'results');
  writeFileSync(file, content);
  return file;
}

type Json = Record<string, any>;

const ocsf = (): Json[] => JSON.parse(readFileSync(`${FIRST}.ocsf.json`, 'utf8')) as Json[];
const csv = (): string => readFileSync(`${FIRST}.csv`, 'utf8');

/** The first finding of the first scan, changed. */
function changed(change: (finding: Json) => void, index = 0): string {
  const findings = ocsf();
  change(findings[index] as Json);
  return write(JSON.stringify(findings));
}

const hashes = ({ events }: Interpreted) => events.map(({ eventHash }) => eventHash).toSorted();

describe.each(FORMS)('%s', (form) => {
  test('what fails is an event, what passes is counted', async () => {
    const { scan, findings, events } = await interpret(FIRST + form);
    expect(scan).toMatchObject({
      source: 'prowler',
      accountId: '111111111111',
      scanTime: '2026-11-03T06:00:12.000Z',
      version: '5.46.0',
    });
    expect(
      findings.map(({ checkId, level, flaggedItems, checkedItems, evaluated }) => [
        checkId,
        level,
        flaggedItems,
        checkedItems,
        evaluated,
      ]),
    ).toEqual([
      ['s3_bucket_public_access', 'critical', 1, 2, true],
      ['ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22', 'high', 2, 2, true],
      ['iam_user_hardware_mfa_enabled', 'medium', 1, 1, true],
      ['accessanalyzer_enabled', 'low', 2, 2, true],
    ]);
    expect(findings[0]).toMatchObject({
      service: 's3',
      rationale: 'Everybody can read what is in the bucket.',
      references: [
        'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
      ],
      compliance: [
        { name: 'CIS', version: '3.0', reference: '2.1.4' },
        { name: 'AWS-Foundational-Security-Best-Practices', version: '', reference: 's3' },
      ],
    });
    expect(findings[3]?.remediation).toContain('accounts;\nit is');
    expect(events).toHaveLength(6);
    expect(events[0]).toMatchObject({
      service: 's3',
      checkId: 's3_bucket_public_access',
      level: 'critical',
      resourceId: 'arn:aws:s3:::acme-public',
      resourceName: 'acme-public',
      resourceType: 'AwsS3Bucket',
      region: 'eu-west-1',
      details: { resourceArn: 'arn:aws:s3:::acme-public', says: 'S3 Bucket acme-public is public.' },
    });
  });

  test('the scope is what the file shows; what is muted is not seen', async () => {
    const { scan } = await interpret(FIRST + form);
    expect(scan.scope.services.map(({ service, regions }) => [service, regions])).toEqual([
      ['accessanalyzer', ['eu-west-1', 'us-east-1']],
      ['account', ['us-east-1']],
      ['ec2', ['eu-west-1', 'us-east-1']],
      ['iam', ['us-east-1']],
      ['s3', ['eu-west-1', 'us-east-1']],
    ]);
    expect(scan.scope.unseen).toEqual([
      {
        service: 's3',
        checkId: 's3_bucket_public_access',
        region: 'eu-west-1',
        resourceId: 'arn:aws:s3:::acme-website',
        reason: 'hidden by an exception',
      },
    ]);
    expect(scan.scope.asked?.isAll).toBe(false);
    expect(scan.warnings).toEqual([
      'Prowler was told to mute 1 failed finding: what is muted is no event, and not taken as fixed.',
      'Prowler leaves 1 finding to people (MANUAL): nothing of them is taken as fixed.',
    ]);
  });

  test('the identity is the same in two scans, whatever lies beside it', async () => {
    const [one, two] = await Promise.all([interpret(FIRST + form), interpret(SECOND + form)]);
    expect(new Set(hashes(one)).size).toBe(6);
    const before = new Set(hashes(one));
    const still = two.events.filter(({ eventHash }) => before.has(eventHash));
    expect(still.map(({ resourceName, region }) => [resourceName, region])).toEqual([
      ['web', 'eu-west-1'],
      ['analyzer/unknown', 'us-east-1'],
    ]);
    expect(two.events.map(({ resourceName }) => resourceName)).toEqual(['web', 'new', 'analyzer/unknown']);
  });

  test('a byte order mark is no part of it', async () => {
    const plain = await interpret(FIRST + form);
    expect(await interpret(write(`\ufeff${readFileSync(FIRST + form, 'utf8')}`))).toEqual(plain);
  });

  test('cut anywhere it is refused, or says less', async () => {
    const whole = readFileSync(FIRST + form);
    const { events } = await interpret(FIRST + form);
    const outcomes: (number | string)[] = [];
    for (let length = 1; length < whole.length - 2; length += 97) {
      const file = write(whole.subarray(0, length));
      const outcome = await interpret(file).then(
        (read) => read.events.length,
        (error: Error) => error.message.slice(0, file.length),
      );
      outcomes.push(outcome);
    }
    // Only a row tells its end without the next one.
    const refused = outcomes.filter((outcome) => outcome === write(''));
    const fewer = outcomes.filter((outcome) => typeof outcome === 'number' && outcome <= events.length);
    expect(refused.length + fewer.length).toBe(outcomes.length);
    expect(form === '.csv' || fewer.length === 0).toBe(true);
  });

  test('it is read until somebody stops', async () => {
    await expect(interpret(FIRST + form, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});

test('both forms of a scan say the same', async () => {
  const [one, two] = await Promise.all(FORMS.map((form) => interpret(FIRST + form)));
  expect(one?.scan).toEqual(two?.scan);
  expect(one?.events).toEqual(
    two?.events.map((event) => expect.objectContaining({ ...event, sourceLevel: expect.anything() })),
  );
});

describe('files that are none, or damaged', () => {
  test.each<[string, () => string, string]>([
    ['nothing', () => '', 'is empty'],
    ['an empty list', () => '[]', 'holds no findings'],
    ['no list', () => '{"a": 1}', 'holds a JSON object, not a list of findings'],
    ['a page', () => '<html></html>', 'is a page, not results'],
    ['other elements', () => '[1]', 'has no finding where its finding 1 should be'],
    ['other objects', () => '[{}]', 'has no account id of twelve digits in finding 1 ("")'],
    ['two lists', () => `${JSON.stringify(ocsf())}[]`, 'has an unexpected "["'],
    ['a header only', () => csv().slice(0, csv().indexOf('\r\n') + 2), 'holds no findings'],
    ['commas', () => csv().replaceAll(';', ','), 'has its columns divided by ",", not by ";"'],
    ['another table', () => 'a;b;c\r\n1;2;3\r\n', "holds no results of Prowler's"],
    ['a missing column', () => csv().replace('RESOURCE_UID', 'RESOURCE'), 'lacks the column RESOURCE_UID'],
    ['a column twice', () => csv().replace('ACCOUNT_NAME', 'STATUS'), 'has two columns STATUS'],
    [
      'a short row',
      () => csv().replace(';aws;s3_bucket', ';s3_bucket'),
      'has 41 fields in row 1, where its header has 42',
    ],
    [
      'text behind quotes',
      () => csv().replace('cost."', 'cost."x'),
      'has text behind a closing quote in row 8',
    ],
    [
      'open quotes',
      () => csv().slice(0, csv().lastIndexOf('it is available')),
      'ends inside of quotes in row 9',
    ],
  ])('%s', async (_, content, problem) => {
    const file = write(content());
    const error = await interpret(file).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ type: 'results-invalid' });
    expect((error as Error).message).toContain(`${file} ${problem}`);
  });

  test.each<[string, (finding: Json) => void, string]>([
    [
      'another cloud',
      (finding) => Object.assign(finding.cloud, { provider: 'azure' }),
      'holds results of "azure", not of AWS',
    ],
    [
      'no check',
      (finding) => Object.assign(finding.metadata, { event_code: '' }),
      'names no check in finding 1',
    ],
    ['no service', (finding) => Object.assign(finding, { resources: [{}] }), 'names no service in finding 1'],
    [
      'an unknown status',
      (finding) => Object.assign(finding, { status_code: 'MAYBE' }),
      'has an unknown status "MAYBE" in finding 1',
    ],
    [
      'no time',
      (finding) => Object.assign(finding, { time: 'soon' }),
      'has no time that can be read in finding 1',
    ],
    [
      'a time beyond all',
      (finding) => Object.assign(finding, { time: 1e300 }),
      'has no time that can be read in finding 1',
    ],
  ])('%s', async (_, change, problem) => {
    await expect(interpret(changed(change))).rejects.toThrow(problem);
  });

  test('several accounts are refused by name, with the way to divide them', async () => {
    const file = changed((finding) => Object.assign(finding.cloud.account, { uid: '222222222222' }));
    await expect(interpret(file)).rejects.toMatchObject({
      type: 'results-invalid',
      message: `${file} holds results of 2 accounts: 222222222222, 111111111111.`,
      remedy: expect.stringContaining(`jq '[.[] | select(.cloud.account.uid == "222222222222")]'`),
    });
  });

  test('UTF-16, compressed and absent files', async () => {
    await expect(interpret(write(Buffer.from(`\ufeff${csv()}`, 'utf16le')))).rejects.toMatchObject({
      remedy: expect.stringContaining('Save it as UTF-8'),
    });
    await expect(interpret(write(Buffer.from([0x1f, 0x8b, 8, 0])))).rejects.toThrow('is compressed');
    await expect(interpret(join(folder, 'nothing.csv'))).rejects.toMatchObject({ type: 'results-missing' });
    await expect(interpret(folder)).rejects.toThrow('is a folder');
  });
});

describe('odd values', () => {
  test('lone surrogates, and names of members of every object', async () => {
    const lone = changed((finding) => Object.assign(finding.resources[0], { uid: 'bucket-\ud800' }));
    const other = (await interpret(lone)).events[0];
    expect(other?.resourceId).toBe('bucket-\ud800');
    expect(other?.eventHash).toMatch(/^[0-9a-f]{64}$/);
    const { findings } = await interpret(
      changed((finding) => Object.assign(finding, { severity: 'constructor' })),
    );
    expect(findings[0]?.level).toBe('medium');
  });

  test('an unknown severity counts as medium, and is told', async () => {
    const { scan, events } = await interpret(
      changed((finding) => Object.assign(finding, { severity: 'Fatal' })),
    );
    expect(events[0]).toMatchObject({ level: 'medium', sourceLevel: 'Fatal' });
    expect(scan.warnings).toContain('Unknown severities count as medium: "Fatal".');
  });

  test('what names no resource is no event, and nothing there is resolved', async () => {
    const { scan, events } = await interpret(
      changed((finding) => Object.assign(finding.resources[0], { uid: '', name: '' })),
    );
    expect(events).toHaveLength(5);
    expect(scan.scope.unseen[0]).toEqual({
      service: 's3',
      checkId: 's3_bucket_public_access',
      region: 'eu-west-1',
      reason: 'items unreadable',
    });
  });

  test('what is left to people in one place is not seen there', async () => {
    const { scan } = await interpret(
      changed((finding) => Object.assign(finding, { status_code: 'MANUAL' }), 2),
    );
    expect(scan.scope.unseen.map(({ resourceId, reason }) => [resourceId, reason])).toEqual([
      ['arn:aws:s3:::acme-website', 'hidden by an exception'],
      ['arn:aws:s3:::acme-logs', 'check not evaluated'],
    ]);
  });

  test('of very many muted ones, all of the check counts', async () => {
    const [, muted] = ocsf();
    const many = Array.from({ length: 1500 }, (_, index) => {
      const finding = structuredClone(muted) as Json;
      finding.resources[0].uid = `arn:aws:s3:::bucket-${index}`;
      return finding;
    });
    const { scan } = await interpret(write(JSON.stringify(many)));
    expect(scan.scope.unseen).toEqual([
      { service: 's3', checkId: 's3_bucket_public_access', reason: 'hidden by an exception' },
    ]);
  });

  const many = (count: number, change: (finding: Json, index: number) => void) =>
    write(
      JSON.stringify(
        Array.from({ length: count }, (_, index) => {
          const { unmapped: _unmapped, ...finding } = ocsf()[0] as Json;
          change(finding, index);
          return finding;
        }),
      ),
    );

  test.each<[string, RegExp, () => string]>([
    [
      'checks',
      /more than 10000 checks/,
      () => {
        const [finding] = ocsf().map((one) => JSON.stringify({ ...one, unmapped: {} }));
        const check = /"event_code":"[^"]+"/;
        const all = Array.from({ length: 10_001 }, (_, n) => finding?.replace(check, `"event_code":"c${n}"`));
        return write(`[${all.join()}]`);
      },
    ],
    [
      'regions of a service',
      /more than 1000 regions in one service/,
      () => many(1001, (finding, index) => (finding.resources[0].region = `region-${index}`)),
    ],
    [
      'text about its checks',
      /more than \d+ bytes of text about its checks/,
      () =>
        many(3, (finding, index) => {
          finding.metadata.event_code = `check-${index}`;
          finding.risk_details = 'x'.repeat(7_000_000);
        }),
    ],
    ['columns', /more than 1000 columns/, () => write(`${'x;'.repeat(1001)}${csv()}`)],
  ])('very many %s are refused, with the limit', async (_, problem, file) => {
    await expect(interpret(file())).rejects.toMatchObject({
      type: 'results-invalid',
      message: expect.stringMatching(problem),
    });
  });

  test('a long list of requirements costs no more than its length', async () => {
    const file = write(csv().replace(/CIS-3\.0: [^;]*/, `"${'x: '.repeat(200_000)}\n"`));
    const started = Date.now();
    expect((await interpret(file)).findings[0]?.compliance).toHaveLength(1);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  test.each([
    ['2026-11-03 07:00:12.345678+01:00', '2026-11-03T06:00:12.000Z'],
    ['1793685612', '2026-11-03T06:00:12.000Z'],
    ['2026-11-03T06:00:12', '2026-11-03T06:00:12.000Z'],
  ])('the time %s', async (time, expected) => {
    const file = write(csv().replaceAll('2026-11-03 06:00:12.345678', time));
    expect((await interpret(file)).scan.scanTime).toBe(expected);
  });

  test('the apostrophe before what looks like a formula is taken away', async () => {
    const file = write(csv().replace(';acme-public;', ";'=acme-public;"));
    expect((await interpret(file)).events[0]?.resourceName).toBe('=acme-public');
  });
});

test('its files are known by their names and beginnings', () => {
  const { isNamed, beginsLike } = prowlerResults;
  for (const form of FORMS) {
    expect(isNamed(`prowler-output-111111111111-20261103060012${form}`)).toBe(true);
    expect(beginsLike(readFileSync(FIRST + form, 'utf8').slice(0, 4096))).toBe(true);
  }
  expect(isNamed('prowler-output-111111111111-20261103060012_cis_3.0_aws.csv')).toBe(false);
  expect(beginsLike('[{"NAME": "an error of ScoutSuite"}]')).toBe(false);
});
