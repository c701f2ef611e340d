import { defineCheck, failIf, unknown } from '../../../catalogue.ts';

export const redshiftClusterDefaultAdmin = defineCheck({
  id: 'redshift-cluster-default-admin',
  title: 'Administrator name is not the default',
  service: 'redshift',
  depth: 'deep',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::Redshift::Cluster',
  failsWhen: 'MasterUsername is one of names.',
  remediation: 'Restore into a cluster with another administrator name (it cannot be changed).',
  parameters: { names: ['awsuser', 'admin'] },
  on: 'redshift:DescribeClusters',
  judge({ administrator }, { parameters }) {
    if (administrator === '') return unknown('AWS does not tell the name.');
    return failIf(parameters.names.includes(administrator.toLowerCase()), { administrator });
  },
});
