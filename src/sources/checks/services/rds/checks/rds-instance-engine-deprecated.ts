import { defineCheck, failIf } from '../../../catalogue.ts';

export const rdsInstanceEngineDeprecated = defineCheck({
  id: 'rds-instance-engine-deprecated',
  title: 'Engine version is supported',
  service: 'rds',
  depth: 'standard',
  level: 'high',
  category: 'vuln',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    'EngineVersion is not among the versions that DescribeDBEngineVersions offers for the engine in the region. The list failed: unknown.',
  remediation: 'Upgrade to a supported version, tried first on a restored copy.',
  command:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --engine-version VERSION --allow-major-version-upgrade',
  on: 'rds:DescribeDBInstances',
  needs: ['rds:DescribeDBEngineVersions'],
  judge({ engine, engineVersion }, { detail }) {
    const isOffered = detail('rds:DescribeDBEngineVersions')?.isOffered ?? false;
    return failIf(!isOffered, { engine, engineVersion });
  },
});
