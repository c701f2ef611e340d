import { defineCheck } from '../../../catalogue.ts';

export const redshiftClusterVpcRouting = defineCheck({
  id: 'redshift-cluster-vpc-routing',
  title: 'Traffic stays in the VPC',
  service: 'redshift',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::Redshift::Cluster',
  failsWhen: 'EnhancedVpcRouting is false.',
  remediation: 'Route through the VPC.',
  command: 'aws redshift modify-cluster --cluster-identifier CLUSTER --enhanced-vpc-routing',
  on: 'redshift:DescribeClusters',
  failsIf: { path: 'routesInVpc', op: 'is', value: false },
});
