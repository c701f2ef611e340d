import type { FoundSecret } from '../../../../src/sources/checks/secrets.ts';
import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const document = (what: string, shared: string[], secrets: FoundSecret[], says: string): Case => ({
  what,
  answers: {
    'ssm:ListDocuments': [{ id: 'd', name: 'install' }],
    'ssm:DescribeDocumentPermission': { d: shared },
    'ssm:GetDocument': { d: { secrets } },
  },
  says: [says],
});
const patched = (status: string, says: string): Case => ({
  what: status,
  answers: {
    'ssm:ListResourceComplianceSummaries': [{ id: 'i', instanceId: 'i-1', status, severity: 'CRITICAL' }],
  },
  says: [says],
});
const parameter = (name: string, type: string, says: string): Case => ({
  what: `${name} as ${type}`,
  answers: { 'ssm:DescribeParameters': [{ id: 'p', name, type }] },
  says: [says],
});

export const ssmCases: Cases = {
  'ssm-document-public': [
    document('not shared', [], [], 'pass'),
    document('with everybody', ['all'], [], 'fail'),
    document('with another account', ['222222222222'], [], 'fail'),
    document('with the account', [ACCOUNT], [], 'pass'),
  ],
  'ssm-document-secrets': [
    document('none', [], [], 'pass'),
    document('a password', [], [{ name: 'line 3', kind: 'password' }], 'fail'),
  ],
  'ssm-patch-compliance': [patched('COMPLIANT', 'pass'), patched('NON_COMPLIANT', 'fail')],
  'ssm-parameter-plain-secret': [
    parameter('/app/prod/db-password', 'String', 'fail'),
    parameter('/app/prod/apiKeys', 'StringList', 'fail'),
    parameter('/app/prod/db-password', 'SecureString', 'pass'),
    parameter('/app/prod/db-host', 'String', 'pass'),
  ],
};
