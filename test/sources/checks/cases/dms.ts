import type { GroupRule } from '../../../../src/sources/checks/services/ec2/collect.ts';
import type { Case, Cases } from './case.ts';
import { network } from './ec2.ts';

const instance = (
  what: string,
  publiclyAccessible: boolean,
  ranges: readonly string[],
  says: string,
): Case => {
  const rule: GroupRule = { protocol: 'tcp', fromPort: 5432, toPort: 5432, ranges, groups: [] };
  return {
    what,
    answers: {
      ...network([rule]),
      'database-migration-service:DescribeReplicationInstances': [
        { id: 'r', name: 'move', publiclyAccessible, groupIds: ['sg-1'] },
      ],
    },
    says: [says],
  };
};

export const dmsCases: Cases = {
  'dms-instance-public': [
    instance('private', false, ['0.0.0.0/0'], 'pass'),
    instance('closed by its group', true, ['10.0.0.0/8'], 'pass'),
    instance('open', true, ['::/0'], 'fail'),
  ],
};
