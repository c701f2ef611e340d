import { expect, test } from '@jest/globals';
import { coverageHtml } from '../../src/coverage/report-html.ts';
import { reportOf } from '../../src/coverage/scoring/accounts.ts';
import type { ScannedAccount } from '../../src/coverage/scoring/accounts.ts';
import { documentedDetections, documentedReport } from '../../src/coverage/scoring/documented.ts';
import type { Drift } from '../../src/coverage/scoring/drift.ts';
import { documentedGap, rankGaps } from '../../src/coverage/scoring/gaps.ts';
import type { Detection } from '../../src/model/coverage.ts';
import { madeUpDetection } from '../support/coverage.ts';
import { ACCOUNT, at } from '../support/observations.ts';

const NAME = '"><script>alert(1)</script>\u202e';
const REMEDY = '<img src=x onerror=alert(1)>';

function pageOf(
  detections: readonly Detection[],
  more: Partial<ScannedAccount> = {},
  lost: readonly Drift[] = [],
): string {
  const scan: ScannedAccount = {
    scanId: 1,
    accountId: ACCOUNT,
    scanTime: at(1),
    provider: 'aws',
    attackVersion: '18.1',
    servicesInUse: [{ service: 'S3', regions: ['eu-west-1'] }],
    servicesUnknown: [],
    unseen: [],
    figures: { techniques: 1, covered: 1, partial: 0, uncovered: 0, effective: 1 },
    detections,
    ...more,
  };
  const report = reportOf([scan], []);
  return coverageHtml({
    report: documentedReport(report, [scan]),
    gaps: rankGaps(report, [{ service: 's3', level: 'high', events: 4 }]).map(documentedGap),
    detections: documentedDetections([scan], []),
    lost,
    names: new Map([[ACCOUNT, NAME]]),
    organizationId: 'acme',
    writtenAt: at(1),
  });
}

const BROKEN = madeUpDetection({
  id: 'arn:broken',
  name: NAME,
  health: 'broken',
  reasons: [{ code: 'off', text: 'It is off.', remedy: REMEDY, fact: 'State', severity: 'broken' }],
});

test('names and remedies are text, and nothing is asked of anybody', () => {
  const page = pageOf([madeUpDetection(), BROKEN]);
  expect(page).not.toMatch(/<script|<img|\u202e|https?:\/\/|javascript:|<[^>]+ on\w+=/i);
  expect(page).toContain(`&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;`);
  expect(page).toContain('It is off. &lt;img');
});

test('tells what was lost in the last week, and why', () => {
  const because = [`${NAME} is broken: It is disabled`];
  const change = { id: 'T1485', name: 'Data Destruction', from: 'covered', to: 'uncovered' } as const;
  const page = pageOf([BROKEN], {}, [{ ...change, since: at(1), because }]);
  expect(page).toContain('Lost in the last 7 days');
  expect(page).toContain('is broken: It is disabled');
  expect(page).not.toMatch(/<script|\u202e/);
  expect(pageOf([BROKEN])).not.toContain('Lost in the last');
});

test('tells what is covered, what to close, what is broken, and by which controls', () => {
  const page = pageOf([madeUpDetection(), BROKEN]).replaceAll(/\s+/g, ' ');
  expect(page).toMatch(
    /T1485 Data Destruction<.th> <td><span class="badge covered">covered<.span><.td>\s?<td>100 %/,
  );
  expect(page).toContain('What to close first');
  expect(page).toContain('Detections that cannot work');
  expect(page).toContain('CIS Controls v8');
  expect(page).toContain('1 work, 1 cannot work, and of 0 it is not known');
});

test('says what could not be seen', () => {
  const unseen = [{ call: 'config:DescribeConfigRules', region: null, reason: 'denied' }];
  const page = pageOf([], { unseen, servicesUnknown: ['RDS'] });
  expect(page).toMatch(/1 call had no answer/);
  expect(page).toMatch(/is not known: RDS/);
  expect(page).not.toContain('Detections that cannot work');
});
