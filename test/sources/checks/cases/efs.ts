import type { AccessPoint, FileSystem } from '../../../../src/sources/checks/services/efs/collect.ts';
import type { Answers } from '../support.ts';
import type { Case, Cases } from './case.ts';
import { routeTable, subnet } from './network.ts';

const system = (what: string, more: Partial<FileSystem>, answers: Answers, ...says: string[]): Case => ({
  what,
  answers: {
    'efs:DescribeFileSystems': [
      { id: 'fs', fileSystemId: 'fs-1', name: null, encrypted: true, zone: null, mountTargets: 2, ...more },
    ],
    ...answers,
  },
  says,
});
const backup = (status: string | null, says: string): Case =>
  system(String(status), {}, { 'efs:DescribeBackupPolicy': { fs: status } }, says);
const policy = (what: string, condition: object, says: string): Case =>
  system(
    what,
    {},
    {
      'efs:DescribeFileSystemPolicy': {
        fs: JSON.stringify({
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: '*' },
              Action: 'elasticfilesystem:ClientMount',
              ...condition,
            },
          ],
        }),
      },
    },
    says,
  );
const viaTarget = (value: string): object => ({
  Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': value } },
});
const mounted = (what: string, subnets: string[], gateway: string, ...says: string[]): Case =>
  system(
    what,
    {},
    {
      'efs:DescribeMountTargets': {
        fs: subnets.map((subnetId) => ({ mountTargetId: `fsmt-${subnetId}`, subnetId })),
      },
      'ec2:DescribeSubnets': [subnet()],
      'ec2:DescribeRouteTables': [routeTable({ defaultGateways: [gateway] })],
    },
    ...says,
  );
const point = (what: string, more: Partial<AccessPoint>, says: string): Case => ({
  what,
  answers: {
    'efs:DescribeAccessPoints': [
      { id: 'fsap', name: null, fileSystemId: 'fs-1', rootDirectory: '/app', setsUser: true, ...more },
    ],
  },
  says: [says],
});

export const efsCases: Cases = {
  'efs-encrypted': [system('encrypted', {}, {}, 'pass'), system('not', { encrypted: false }, {}, 'fail')],
  'efs-backup': [
    backup('ENABLED', 'pass'),
    backup('ENABLING', 'pass'),
    backup('DISABLED', 'fail'),
    backup('DISABLING', 'fail'),
    backup(null, 'fail'),
  ],
  'efs-policy-open': [
    system('no policy', {}, {}, 'fail'),
    policy('everybody', {}, 'fail'),
    policy('by a mount target', viaTarget('true'), 'pass'),
    policy('not by a mount target', viaTarget('false'), 'fail'),
    policy('an account', { Principal: { AWS: 'arn:aws:iam::111111111111:root' } }, 'pass'),
    policy('an organisation', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }, 'pass'),
    system('no JSON', {}, { 'efs:DescribeFileSystemPolicy': { fs: '{' } }, 'unknown'),
  ],
  'efs-mount-target-public': [
    mounted('private', ['subnet-1'], 'nat-1', 'pass'),
    mounted('one of two public', ['subnet-1', 'subnet-9'], 'igw-1', 'fail'),
    mounted('none', [], 'igw-1'),
  ],
  'efs-access-point-root': [
    point('a directory', {}, 'pass'),
    point('the root', { rootDirectory: '/' }, 'fail'),
  ],
  'efs-access-point-user': [point('a user', {}, 'pass'), point('none', { setsUser: false }, 'fail')],
  'efs-multi-az': [
    system('two targets', {}, {}, 'pass'),
    system('one target', { mountTargets: 1 }, {}, 'fail'),
    system('one zone', { zone: 'euw1-az1' }, {}, 'fail'),
  ],
};
