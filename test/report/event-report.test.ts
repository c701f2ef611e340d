import { expect, test } from '@jest/globals';
import type { ExportedEvent } from '../../src/report/event-columns.ts';
import { eventReport } from '../../src/report/event-report.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const event: ExportedEvent = {
  id: 1,
  organizationId: 'default',
  accountId: '111111111111',
  accountName: 'production',
  source: 'scoutsuite',
  service: 's3',
  checkId: 's3-public',
  level: 'critical',
  status: 'active',
  resourceId: 'arn:aws:s3:::bucket',
  resourceName: 'bucket',
  resourceType: 'bucket',
  region: null,
  firstSeen: '2026-11-20T12:00:00.000Z',
  lastSeen: '2026-11-21T12:00:00.000Z',
  resolvedAt: null,
  reopenedAt: null,
  notified: false,
  itemPath: 's3.buckets.bucket',
  finding: { title: 'Bucket is public', rationale: 'Anybody can <b>read</b> it.', remediation: null },
  suppression: null,
};

async function report(...changes: readonly Partial<ExportedEvent>[]): Promise<string> {
  async function* events() {
    for (const change of changes) yield { ...event, ...change };
  }
  const pieces: string[] = [];
  for await (const piece of eventReport(events(), NOW)) pieces.push(piece);
  return pieces.join('');
}

test('events are told by account and check', async () => {
  const page = await report({}, { accountId: '222222222222', accountName: null }, { resourceName: 'other' });
  expect(page.match(/<h2>.*<\/h2>/g)).toEqual([
    '<h2>production (111111111111)</h2>',
    '<h2>222222222222</h2>',
  ]);
  expect(page.match(/<h3>/g)).toHaveLength(2);
  expect(page).toContain('<p>Anybody can read it.</p>');
  expect(page).toContain('<li><b>3</b> critical</li><li><b>3</b> active</li>');
});

test('why and until when an event is suppressed, and since when another is resolved', async () => {
  const suppression = { reason: 'accepted', owner: 'platform', expiresAt: '2026-12-24T00:00:00.000Z' };
  const page = await report(
    { status: 'suppressed', suppression },
    { status: 'resolved', resolvedAt: '2026-11-22T00:00:00.000Z' },
  );
  expect(page).toContain('suppressed until 2026-12-24: accepted (platform)');
  expect(page).toContain('resolved 2026-11-22');
});

test('names are text, whatever stands in them', async () => {
  const page = await report({ resourceName: '<script>alert(1)</script>\u202e', accountName: '"&' });
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\\u202e');
  expect(page).toContain('&quot;&amp; (111111111111)');
});
