import { defineCheck, failIf } from '../../../catalogue.ts';

export const rdsInstanceExtendedSupport = defineCheck({
  id: 'rds-instance-extended-support',
  title: 'Engine is not in paid extended support',
  service: 'rds',
  depth: 'deep',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    'EngineLifecycleSupport is open-source-rds-extended-support (the instance would slip into paid support). open-source-rds-extended-support-disabled passes; engines without the field get no verdict.',
  remediation: 'Upgrade the engine before standard support ends.',
  command:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --engine-version VERSION --allow-major-version-upgrade',
  on: 'rds:DescribeDBInstances',
  judge({ engine, engineVersion, lifecycleSupport }) {
    if (lifecycleSupport === null) return null;
    const slipsIn = lifecycleSupport === 'open-source-rds-extended-support';
    return failIf(slipsIn, { engine, engineVersion, lifecycleSupport });
  },
});
