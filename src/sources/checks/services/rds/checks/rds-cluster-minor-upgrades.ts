import { defineCheck, failIf } from '../../../catalogue.ts';
import { isAurora } from '../engines.ts';

export const rdsClusterMinorUpgrades = defineCheck({
  id: 'rds-cluster-minor-upgrades',
  title: 'Cluster minor upgrades apply by themselves',
  service: 'rds',
  depth: 'standard',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::RDS::DBCluster',
  failsWhen:
    'A Multi-AZ DB cluster (not Aurora) has AutoMinorVersionUpgrade false. Other clusters get no verdict.',
  remediation: 'Let minor versions install by themselves.',
  command: 'aws rds modify-db-cluster --db-cluster-identifier CLUSTER --auto-minor-version-upgrade',
  on: 'rds:DescribeDBClusters',
  judge(cluster) {
    const { engine, minorUpgrades } = cluster;
    return isAurora(cluster) ? null : failIf(!minorUpgrades, { engine, minorUpgrades });
  },
});
