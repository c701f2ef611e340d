import type { WorkGroupSettings } from '../../../../src/sources/checks/services/athena/collect.ts';
import type { Case, Cases } from './case.ts';

const group = (
  what: string,
  more: Partial<WorkGroupSettings>,
  says: readonly string[],
  state = 'ENABLED',
): Case => ({
  what,
  answers: {
    'athena:ListWorkGroups': [{ id: 'w', name: 'primary', state }],
    'athena:GetWorkGroup': { w: { encryption: null, enforced: false, ...more } },
  },
  says,
});

export const athenaCases: Cases = {
  'athena-workgroup-encrypted': [
    group('no', {}, ['fail']),
    group('by S3', { encryption: 'SSE_S3' }, ['pass']),
    group('switched off', {}, [], 'DISABLED'),
  ],
  'athena-workgroup-enforced': [
    group('no', {}, ['fail']),
    group('yes', { enforced: true }, ['pass']),
    group('switched off', {}, [], 'DISABLED'),
  ],
};
