import type { RecordedEvents, Trail } from '../../../../src/sources/checks/services/cloudtrail/collect.ts';
import { ACCOUNT, NOW, REGION } from '../support.ts';
import type { Case, Cases } from './case.ts';
import { lambda } from './lambda.ts';
import { bucketAnswers } from './s3.ts';
import type { BucketState } from './s3.ts';

export const trail = (more: Partial<Trail> = {}): Trail => ({
  id: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/main`,
  name: 'main',
  homeRegion: REGION,
  isHome: true,
  multiRegion: true,
  validation: true,
  kmsKeyId: 'key',
  bucket: 'assets',
  logGroupArn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:trail:*`,
  ...more,
});
const ofTrail = (what: string, more: Partial<Trail>, ...says: string[]): Case => ({
  what,
  answers: { 'cloudtrail:DescribeTrails': [trail(more)] },
  says,
});
const NOTHING: RecordedEvents = {
  allManagementEvents: false,
  objectReads: false,
  objectWrites: false,
  functions: [],
};
const status = (logging: boolean, lastToLogGroup: string | null = null) => ({
  [trail().id]: { logging, lastToLogGroup },
});
const recording = (what: string, logging: boolean, allManagementEvents: boolean, says: string): Case => ({
  what,
  answers: {
    'cloudtrail:DescribeTrails': [trail({ isHome: false })],
    'cloudtrail:GetTrailStatus': status(logging),
    'cloudtrail:GetEventSelectors': { [trail().id]: { ...NOTHING, allManagementEvents } },
  },
  says: [says],
});
const trailBucket = (what: string, more: Partial<Trail>, state: BucketState, ...says: string[]): Case => ({
  what,
  answers: {
    'cloudtrail:DescribeTrails': [trail(more)],
    'cloudtrail:GetTrailStatus': status(more.name !== 'stopped'),
    ...bucketAnswers(state),
  },
  says,
});
const data = (what: string, logging: boolean, events: Partial<RecordedEvents>, ...says: string[]): Case => ({
  what,
  answers: {
    'cloudtrail:DescribeTrails': [trail()],
    'cloudtrail:GetTrailStatus': status(logging),
    'cloudtrail:GetEventSelectors': { [trail().id]: { ...NOTHING, ...events } },
  },
  says,
});
const invoked = (what: string, functions: string[], says: string): Case => {
  const { answers } = data(what, true, { functions });
  return { what, answers: { ...answers, 'lambda:ListFunctions': [lambda({ id: FUNCTION })] }, says: [says] };
};
const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:orders`;
const delivered = (what: string, hoursAgo: number | null, says: string, more: Partial<Trail> = {}): Case => ({
  what,
  answers: {
    'cloudtrail:DescribeTrails': [trail(more)],
    'cloudtrail:GetTrailStatus': status(
      true,
      hoursAgo === null ? null : new Date(Date.parse(NOW) - hoursAgo * 3_600_000).toISOString(),
    ),
  },
  says: [says],
});
const insights = (what: string, logging: boolean, selectors: string[] | null, ...says: string[]): Case => ({
  what,
  answers: {
    'cloudtrail:DescribeTrails': [trail()],
    'cloudtrail:GetTrailStatus': status(logging),
    'cloudtrail:GetInsightSelectors': { [trail().id]: selectors },
  },
  says,
});

export const cloudtrailCases: Cases = {
  'cloudtrail-multi-region': [
    { what: 'no trail', answers: { 'cloudtrail:DescribeTrails': [] }, says: ['fail'] },
    recording('everything', true, true, 'pass'),
    recording('stopped', false, true, 'fail'),
    recording('writes only', true, false, 'fail'),
  ],
  'cloudtrail-validation': [
    ofTrail('on', {}, 'pass'),
    ofTrail('off', { validation: false }, 'fail'),
    ofTrail('of another region', { validation: false, isHome: false }),
  ],
  'cloudtrail-kms': [ofTrail('with', {}, 'pass'), ofTrail('without', { kmsKeyId: null }, 'fail')],
  'cloudtrail-bucket-public': [
    trailBucket('closed', {}, {}, 'pass'),
    trailBucket(
      'open',
      {},
      { grants: [{ grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' }] },
      'fail',
    ),
    trailBucket('of another account', { bucket: 'theirs' }, {}, 'unknown'),
  ],
  'cloudtrail-cloudwatch': [
    delivered('delivered today', 47, 'pass'),
    delivered('delivered two days ago', 48, 'fail'),
    delivered('never', null, 'fail'),
    delivered('no group', 1, 'fail', { logGroupArn: null }),
  ],
  'cloudtrail-bucket-log': [
    trailBucket('logged', {}, { logsTo: 'logs' }, 'pass'),
    trailBucket('not logged', {}, {}, 'fail'),
    trailBucket('of another account', { bucket: 'theirs' }, {}, 'unknown'),
    trailBucket('of another region', { isHome: false }, {}),
  ],
  'cloudtrail-bucket-mfa-delete': [
    trailBucket('on', {}, { versioning: { status: 'Enabled', mfaDelete: true } }, 'pass'),
    trailBucket('off', {}, {}, 'fail'),
    trailBucket('a trail that is stopped', { name: 'stopped' }, {}),
  ],
  'cloudtrail-s3-write-events': [
    { what: 'no trail', answers: {}, says: ['fail'] },
    data('writes', true, { objectWrites: true }, 'pass'),
    data('writes, but stopped', false, { objectWrites: true }, 'fail'),
    data('reads', true, { objectReads: true }, 'fail'),
  ],
  'cloudtrail-s3-read-events': [
    data('reads', true, { objectReads: true }, 'pass'),
    data('writes', true, { objectWrites: true }, 'fail'),
  ],
  'cloudtrail-lambda-events': [
    invoked('all', ['*'], 'pass'),
    invoked('this one', [FUNCTION], 'pass'),
    invoked('some', [`${FUNCTION.slice(0, -3)}*`], 'pass'),
    invoked('another', [`${FUNCTION}-2`], 'fail'),
    invoked('none', [], 'fail'),
  ],
  'cloudtrail-insights': [
    insights('on', true, ['ApiCallRateInsight'], 'pass'),
    insights('off', true, null, 'fail'),
    insights('a trail that is stopped', false, null),
  ],
};
