import { defineCheck, failIf } from '../../../catalogue.ts';

export const eksNetworkPolicy = defineCheck({
  id: 'eks-network-policy',
  title: 'Cluster security group is set',
  service: 'eks',
  depth: 'deep',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EKS::Cluster',
  failsWhen:
    'The cluster has no cluster security group (clusterSecurityGroupId) and no additional one. That Kubernetes network policies exist cannot be seen through AWS.',
  remediation: 'Give the cluster a security group, and enable network policies in the VPC CNI.',
  command: 'aws eks update-cluster-config --name CLUSTER --resources-vpc-config securityGroupIds=GROUP',
  on: 'eks:ListClusters',
  needs: ['eks:DescribeCluster'],
  judge(_, { detail }) {
    const cluster = detail('eks:DescribeCluster');
    if (cluster === null) return null;
    const { groupIds } = cluster;
    return failIf(groupIds.length === 0, { groupIds });
  },
});
