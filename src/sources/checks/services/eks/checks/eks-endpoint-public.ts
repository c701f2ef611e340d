import { defineCheck, failIf } from '../../../catalogue.ts';

export const eksEndpointPublic = defineCheck({
  id: 'eks-endpoint-public',
  title: 'API endpoint is not open to the internet',
  service: 'eks',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EKS::Cluster',
  failsWhen: 'endpointPublicAccess is true and publicAccessCidrs holds 0.0.0.0/0 (or ::/0).',
  remediation: 'Limit the public ranges, or make the endpoint private.',
  command:
    'aws eks update-cluster-config --name CLUSTER --resources-vpc-config endpointPublicAccess=false,endpointPrivateAccess=true',
  on: 'eks:ListClusters',
  needs: ['eks:DescribeCluster'],
  judge(_, { detail }) {
    const cluster = detail('eks:DescribeCluster');
    if (cluster === null) return null;
    const { endpointIsPublic, publicRanges } = cluster;
    const open = publicRanges.filter((range) => range === '0.0.0.0/0' || range === '::/0');
    return failIf(endpointIsPublic && open.length > 0, { endpointIsPublic, publicRanges });
  },
});
