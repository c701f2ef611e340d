import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openClients } from '../../src/aws/clients.ts';
import { SharedLimits } from '../../src/aws/shared-limits.ts';
import { countFindings, handOver, SECURITY_HUB_CALLS } from '../../src/notify/security-hub.ts';
import { asffFinding } from '../../src/report/asff.ts';
import type { ExportedEvent } from '../../src/report/event-columns.ts';

type Finding = ReturnType<typeof asffFinding>;

/** What Security Hub was given, by the region that it was signed for. */
const taken: { region: string; findings: Finding[] }[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [, region = ''] =
        /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
      const { Findings: findings } = JSON.parse(Buffer.concat(chunks).toString()) as { Findings: Finding[] };
      taken.push({ region, findings });
      response.setHeader('content-type', 'application/json');
      if (region === 'eu-west-1') {
        response.setHeader('x-amzn-errortype', 'InvalidAccessException');
        response
          .writeHead(401)
          .end(JSON.stringify({ Message: 'Account is not subscribed to AWS Security Hub' }));
        return;
      }
      const failed = findings.filter(({ Title }) => Title === 'refuse me');
      response.end(
        JSON.stringify({
          FailedCount: failed.length,
          SuccessCount: findings.length - failed.length,
          FailedFindings: failed.map(({ Id }) => ({ Id, ErrorCode: 'InvalidInput', ErrorMessage: 'no' })),
        }),
      );
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

const event = (id: number, over: Partial<ExportedEvent> = {}): ExportedEvent => ({
  id,
  organizationId: 'default',
  accountName: null,
  accountId: '111111111111',
  source: 'checks',
  service: 's3',
  checkId: 's3-bucket-versioning',
  level: 'medium',
  status: 'active',
  resourceId: `arn:aws:s3:::b-${id}`,
  resourceName: `b-${id}`,
  resourceType: 'AWS::S3::Bucket',
  region: null,
  firstSeen: '2026-11-22T15:51:07.000Z',
  lastSeen: '2026-11-23T15:51:07.000Z',
  resolvedAt: null,
  reopenedAt: null,
  notified: true,
  itemPath: '',
  finding: null,
  suppression: null,
  ...over,
});

async function* findingsFrom(events: readonly ExportedEvent[]): AsyncGenerator<Finding> {
  for (const one of events) yield asffFinding(one);
}

async function handed(events: readonly ExportedEvent[]) {
  taken.length = 0;
  const clients = openClients({
    access: {
      credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'testing' }),
      endpoint: url,
      profile: null,
    },
    account: '111111111111',
    allowed: SECURITY_HUB_CALLS,
    limits: new SharedLimits(),
    signal: new AbortController().signal,
    maxAttempts: 1,
  });
  try {
    return await handOver(clients, findingsFrom(events));
  } finally {
    clients.close();
  }
}

describe('events handed to Security Hub', () => {
  it('go to the region that they are of, a hundred at a time; what is resolved is archived', async () => {
    const many = Array.from({ length: 230 }, (_, index) => event(index + 1));
    const resolved = event(900, {
      status: 'resolved',
      resolvedAt: '2026-11-24T00:00:00.000Z',
      region: 'eu-central-1',
    });
    expect(await handed([...many, resolved])).toEqual([
      { region: 'us-east-1', accepted: 230, refused: 0, reasons: [] },
      { region: 'eu-central-1', accepted: 1, refused: 0, reasons: [] },
    ]);
    expect(taken.map(({ region, findings: batch }) => [region, batch.length])).toEqual([
      ['us-east-1', 100],
      ['us-east-1', 100],
      ['us-east-1', 30],
      ['eu-central-1', 1],
    ]);
    expect(taken[0]?.findings[0]).toMatchObject({
      ProductArn: 'arn:aws:securityhub:us-east-1:111111111111:product/111111111111/default',
      RecordState: 'ACTIVE',
    });
    expect(taken[3]?.findings[0]).toMatchObject({
      RecordState: 'ARCHIVED',
      UpdatedAt: '2026-11-24T00:00:00.000Z',
    });
  });

  it('that it does not take are counted, with its reason', async () => {
    const strange = event(2, { finding: { title: 'refuse me', rationale: null, remediation: null } });
    expect(await handed([event(1), strange])).toEqual([
      { region: 'us-east-1', accepted: 1, refused: 1, reasons: ['InvalidInput: no'] },
    ]);
  });

  it('are offered once to a region that takes none', async () => {
    const many = Array.from({ length: 150 }, (_, index) => event(index, { region: 'eu-west-1' }));
    const [outcome] = await handed(many);
    expect(outcome).toMatchObject({ region: 'eu-west-1', accepted: 0, refused: 150 });
    expect(outcome?.reasons).toEqual([expect.stringMatching(/^Security Hub is not switched on here/)]);
    expect(taken).toHaveLength(1);
  });

  it('can be counted without being sent', async () => {
    const counts = await countFindings(findingsFrom([event(1), event(2, { region: 'eu-west-1' }), event(3)]));
    expect([...counts]).toEqual([
      ['us-east-1', 2],
      ['eu-west-1', 1],
    ]);
  });
});
