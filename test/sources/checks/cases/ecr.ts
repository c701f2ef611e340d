import type { Repository, ScanResult } from '../../../../src/sources/checks/services/ecr/collect.ts';
import type { Answers } from '../support.ts';
import type { Case, Cases } from './case.ts';

const repository = (what: string, more: Partial<Repository>, says: string, answers: Answers = {}): Case => ({
  what,
  answers: {
    'ecr:DescribeRepositories': [
      {
        id: 'repo',
        name: 'shop/web',
        tagMutability: 'IMMUTABLE',
        scansOnPush: false,
        encryption: 'KMS',
        ...more,
      },
    ],
    ...answers,
  },
  says: [says],
});
const policy = (what: string, statement: object | null, says: string): Case =>
  repository(what, {}, says, {
    'ecr:GetRepositoryPolicy': {
      repo:
        statement === null
          ? null
          : JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'ecr:*', ...statement }] }),
    },
  });
const scanned = (what: string, patterns: string[], says: string): Case =>
  repository(what, {}, says, {
    'ecr:GetRegistryScanningConfiguration': [{ id: 'registry', scanned: patterns }],
  });
const image = (what: string, result: ScanResult | null, says: string): Case =>
  repository(what, {}, says, {
    'ecr:DescribeImages': { repo: { digest: 'sha256:1', tags: ['v1'] } },
    'ecr:DescribeImageScanFindings': { repo: result },
  });

export const ecrCases: Cases = {
  'ecr-repo-public': [
    policy('none', null, 'pass'),
    policy('everybody', { Principal: '*' }, 'fail'),
    policy('an account', { Principal: { AWS: 'arn:aws:iam::222222222222:root' } }, 'pass'),
    policy(
      'an organisation',
      { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      'pass',
    ),
    repository('no JSON', {}, 'unknown', { 'ecr:GetRepositoryPolicy': { repo: '{' } }),
  ],
  'ecr-repo-scan': [
    repository('by itself', { scansOnPush: true }, 'pass'),
    scanned('by a pattern', ['shop/*'], 'pass'),
    scanned('by a part', ['web'], 'pass'),
    scanned('by the pattern of another', ['*-prod', 'api'], 'fail'),
    scanned('not at all', [], 'fail'),
  ],
  'ecr-repo-immutable-tags': [
    repository('immutable', {}, 'pass'),
    repository('mutable', { tagMutability: 'MUTABLE' }, 'fail'),
    repository('with exclusions', { tagMutability: 'IMMUTABLE_WITH_EXCLUSION' }, 'pass'),
  ],
  'ecr-repo-lifecycle': [
    repository('with', {}, 'pass', { 'ecr:GetLifecyclePolicy': { repo: { exists: true } } }),
    repository('without', {}, 'fail'),
  ],
  'ecr-repo-kms': [
    repository('by a key', {}, 'pass'),
    repository('by two', { encryption: 'KMS_DSSE' }, 'pass'),
    repository('by none of ours', { encryption: 'AES256' }, 'fail'),
  ],
  'ecr-image-vulnerabilities': [
    image('clean', { status: 'COMPLETE', counts: { LOW: 3, UNDEFINED: 1 } }, 'pass'),
    image('serious', { status: 'COMPLETE', counts: { MEDIUM: 1 } }, 'fail'),
    image('serious, always scanned', { status: 'ACTIVE', counts: { CRITICAL: 1 } }, 'fail'),
    image('clean, always scanned', { status: 'ACTIVE', counts: {} }, 'pass'),
    image('never scanned', { status: null, counts: {} }, 'fail'),
    image('not scanned any more', { status: 'SCAN_ELIGIBILITY_EXPIRED', counts: {} }, 'fail'),
    image('could not be scanned', { status: 'FAILED', counts: {} }, 'fail'),
    image('being scanned', { status: 'IN_PROGRESS', counts: {} }, 'unknown'),
    { ...repository('empty', {}, ''), says: [] },
  ],
};
