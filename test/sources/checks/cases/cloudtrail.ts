import type { Trail } from '../../../../src/sources/checks/services/cloudtrail/collect.ts';
import { ACCOUNT, REGION } from '../support.ts';
import type { Case, Cases } from './case.ts';
import { bucketAnswers } from './s3.ts';
import type { BucketState } from './s3.ts';

const trail = (more: Partial<Trail> = {}): Trail => ({
  id: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/main`,
  name: 'main',
  homeRegion: REGION,
  isHome: true,
  multiRegion: true,
  validation: true,
  kmsKeyId: 'key',
  bucket: 'assets',
  ...more,
});
const ofTrail = (what: string, more: Partial<Trail>, ...says: string[]): Case => ({
  what,
  answers: { 'cloudtrail:DescribeTrails': [trail(more)] },
  says,
});
const recording = (what: string, logging: boolean, allManagementEvents: boolean, says: string): Case => ({
  what,
  answers: {
    'cloudtrail:DescribeTrails': [trail({ isHome: false })],
    'cloudtrail:GetTrailStatus': { [trail().id]: { logging } },
    'cloudtrail:GetEventSelectors': { [trail().id]: { allManagementEvents } },
  },
  says: [says],
});
const trailBucket = (what: string, more: Partial<Trail>, state: BucketState, ...says: string[]): Case => ({
  what,
  answers: { 'cloudtrail:DescribeTrails': [trail(more)], ...bucketAnswers(state) },
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
};
