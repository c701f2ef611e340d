import { defineCheck, failIf, unknown } from '../../../catalogue.ts';

export const eksDeletionProtection = defineCheck({
  id: 'eks-deletion-protection',
  title: 'Deletion protection is on',
  service: 'eks',
  depth: 'deep',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::EKS::Cluster',
  failsWhen: 'deletionProtection is false. An answer without the field is unknown.',
  remediation: 'Turn deletion protection on.',
  command: 'aws eks update-cluster-config --name CLUSTER --deletion-protection',
  on: 'eks:ListClusters',
  needs: ['eks:DescribeCluster'],
  judge(_, { detail }) {
    const cluster = detail('eks:DescribeCluster');
    if (cluster === null) return null;
    const { deletionProtection } = cluster;
    if (deletionProtection === null) return unknown('AWS does not say whether it is on.');
    return failIf(!deletionProtection, { deletionProtection });
  },
});
