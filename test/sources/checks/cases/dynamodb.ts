import type {
  DaxCluster,
  DynamoTableDescription,
} from '../../../../src/sources/checks/services/dynamodb/collect.ts';
import type { Answers } from '../support.ts';
import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const table = (what: string, answers: Answers, says: string): Case => ({
  what,
  answers: { 'dynamodb:ListTables': [{ id: 't', name: 'orders' }], ...answers },
  says: [says],
});
const described = (
  what: string,
  more: Partial<DynamoTableDescription>,
  says: string,
  scaled: readonly string[] = [],
): Case =>
  table(
    what,
    {
      'dynamodb:DescribeTable': {
        t: { encryption: null, deletionProtected: false, provisioned: true, ...more },
      },
      'application-auto-scaling:DescribeScalableTargets': scaled.map((dimension) => ({
        id: dimension,
        resourceId: 'table/orders',
        dimension: `dynamodb:table:${dimension}`,
      })),
    },
    says,
  );
const backups = (what: string, pointInTimeRecovery: string, says: string): Case =>
  table(what, { 'dynamodb:DescribeContinuousBackups': { t: { pointInTimeRecovery } } }, says);
const policy = (what: string, account: string | null, says: string): Case =>
  table(
    what,
    {
      'dynamodb:GetResourcePolicy': {
        t:
          account === null
            ? null
            : JSON.stringify({
                Statement: {
                  Effect: 'Allow',
                  Principal: { AWS: account },
                  Action: 'dynamodb:*',
                  Resource: '*',
                },
              }),
      },
    },
    says,
  );
const isProtected = (what: string, resourceArn: string, says: string): Case =>
  table(what, { 'backup:ListProtectedResources': [{ id: resourceArn }] }, says);
const dax = (what: string, more: Partial<DaxCluster>, says: string): Case => ({
  what,
  answers: {
    'dax:DescribeClusters': [
      { id: 'd', name: 'cache', encrypted: false, endpointEncryption: 'NONE', ...more },
    ],
  },
  says: [says],
});

export const dynamodbCases: Cases = {
  'dynamodb-table-pitr': [backups('on', 'ENABLED', 'pass'), backups('off', 'DISABLED', 'fail')],
  'dynamodb-table-kms': [
    described('by AWS', {}, 'fail'),
    described('by a key', { encryption: 'KMS' }, 'pass'),
  ],
  'dynamodb-table-deletion-protection': [
    described('off', {}, 'fail'),
    described('on', { deletionProtected: true }, 'pass'),
  ],
  'dynamodb-table-autoscaling': [
    described('fixed', {}, 'fail'),
    described('on demand', { provisioned: false }, 'pass'),
    described('half', {}, 'fail', ['ReadCapacityUnits']),
    described('scaled', {}, 'pass', ['ReadCapacityUnits', 'WriteCapacityUnits']),
  ],
  'dynamodb-table-cross-account': [
    policy('none', null, 'pass'),
    policy('own', ACCOUNT, 'pass'),
    policy('another', '222222222222', 'fail'),
    policy('everybody', '*', 'fail'),
  ],
  'dynamodb-table-backup-plan': [isProtected('in', 't', 'pass'), isProtected('out', 'u', 'fail')],
  'dynamodb-dax-encrypted': [dax('no', {}, 'fail'), dax('yes', { encrypted: true }, 'pass')],
  'dynamodb-dax-tls': [dax('no', {}, 'fail'), dax('yes', { endpointEncryption: 'TLS' }, 'pass')],
};
