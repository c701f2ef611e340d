import type { KeyDescription } from '../../../../src/sources/checks/services/kms/collect.ts';
import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const DESCRIPTION: KeyDescription = {
  customerManaged: true,
  state: 'Enabled',
  multiRegion: false,
  rotatable: true,
};
const key = (what: string, more: Partial<KeyDescription>, rotates: boolean, ...says: string[]): Case => ({
  what,
  answers: {
    'kms:ListKeys': [{ id: 'k', keyId: 'k' }],
    'kms:DescribeKey': { k: { ...DESCRIPTION, ...more } },
    'kms:GetKeyRotationStatus': { k: { rotates } },
  },
  says,
});
const keyPolicy = (what: string, statement: object, says: string): Case => ({
  what,
  answers: {
    'kms:ListKeys': [{ id: 'k', keyId: 'k' }],
    'kms:DescribeKey': { k: DESCRIPTION },
    'kms:GetKeyPolicy': {
      k: JSON.stringify({
        Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*', ...statement },
      }),
    },
  },
  says: [says],
});

export const kmsCases: Cases = {
  'kms-key-rotation': [
    key('rotates', {}, true, 'pass'),
    key('does not', {}, false, 'fail'),
    key('of AWS', { customerManaged: false }, false),
    key('cannot', { rotatable: false }, false),
    key('disabled', { state: 'Disabled' }, false),
  ],
  'kms-key-public': [
    keyPolicy('anybody', {}, 'fail'),
    keyPolicy(
      'callers of an account',
      { Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT } } },
      'pass',
    ),
    keyPolicy('the account', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }, 'pass'),
  ],
  'kms-key-pending-deletion': [
    key('enabled', {}, true, 'pass'),
    key('waiting', { state: 'PendingDeletion' }, true, 'fail'),
    key('a replica waiting', { state: 'PendingReplicaDeletion' }, true, 'fail'),
    key('of AWS', { customerManaged: false, state: 'PendingDeletion' }, true),
  ],
  'kms-key-unused': [
    key('enabled', {}, true, 'pass'),
    key('waiting', { state: 'PendingDeletion' }, true, 'pass'),
    key('disabled', { state: 'Disabled' }, true, 'fail'),
    key('without material', { state: 'PendingImport' }, true, 'fail'),
    key('of AWS', { customerManaged: false, state: 'Disabled' }, true),
  ],
  'kms-key-multi-region': [
    key('one region', {}, true, 'pass'),
    key('several', { multiRegion: true }, true, 'fail'),
    key('disabled', { multiRegion: true, state: 'Disabled' }, true),
  ],
};
