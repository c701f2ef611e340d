import { defineCheck, failIf } from '../../../catalogue.ts';

export const eksPrivateNodes = defineCheck({
  id: 'eks-private-nodes',
  title: 'Nodes reach the API privately',
  service: 'eks',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EKS::Cluster',
  failsWhen: 'endpointPrivateAccess is false: nodes reach the API over its public address.',
  remediation: 'Turn on private access to the endpoint.',
  command: 'aws eks update-cluster-config --name CLUSTER --resources-vpc-config endpointPrivateAccess=true',
  on: 'eks:ListClusters',
  needs: ['eks:DescribeCluster'],
  judge(_, { detail }) {
    const cluster = detail('eks:DescribeCluster');
    if (cluster === null) return null;
    const { endpointIsPrivate } = cluster;
    return failIf(!endpointIsPrivate, { endpointIsPrivate });
  },
});
