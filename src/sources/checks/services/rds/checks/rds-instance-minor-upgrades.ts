import { defineCheck } from '../../../catalogue.ts';

export const rdsInstanceMinorUpgrades = defineCheck({
  id: 'rds-instance-minor-upgrades',
  title: 'Minor upgrades apply by themselves',
  service: 'rds',
  depth: 'standard',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen: 'AutoMinorVersionUpgrade is false.',
  remediation: 'Let minor versions install by themselves.',
  command: 'aws rds modify-db-instance --db-instance-identifier INSTANCE --auto-minor-version-upgrade',
  on: 'rds:DescribeDBInstances',
  failsIf: { path: 'minorUpgrades', op: 'is', value: false },
});
