import { defineCheck } from '../../../catalogue.ts';

export const redshiftClusterUpgrades = defineCheck({
  id: 'redshift-cluster-upgrades',
  title: 'Version upgrades are allowed',
  service: 'redshift',
  depth: 'standard',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::Redshift::Cluster',
  failsWhen: 'AllowVersionUpgrade is false.',
  remediation: 'Allow version upgrades.',
  command: 'aws redshift modify-cluster --cluster-identifier CLUSTER --allow-version-upgrade',
  on: 'redshift:DescribeClusters',
  failsIf: { path: 'allowsUpgrades', op: 'is', value: false },
});
