import { defineCheck, failIf } from '../../../catalogue.ts';

export const redshiftClusterTls = defineCheck({
  id: 'redshift-cluster-tls',
  title: 'Cluster refuses plaintext connections',
  service: 'redshift',
  depth: 'standard',
  level: 'high',
  category: 'transit',
  resourceType: 'AWS::Redshift::Cluster',
  failsWhen: "require_ssl of the cluster's parameter group is not true.",
  remediation: 'Set require_ssl in a parameter group of your own and reboot.',
  command:
    'aws redshift modify-cluster-parameter-group --parameter-group-name GROUP --parameters ParameterName=require_ssl,ParameterValue=true',
  on: 'redshift:DescribeClusters',
  needs: ['redshift:DescribeClusterParameters'],
  judge({ parameterGroup }, { detail }) {
    const requiresTls = detail('redshift:DescribeClusterParameters')?.requiresTls ?? false;
    return failIf(!requiresTls, { parameterGroup, requiresTls });
  },
});
