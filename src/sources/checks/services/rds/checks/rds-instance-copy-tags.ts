import { defineCheck, failIf } from '../../../catalogue.ts';
import { isAurora } from '../engines.ts';

export const rdsInstanceCopyTags = defineCheck({
  id: 'rds-instance-copy-tags',
  title: 'Tags are copied to snapshots',
  service: 'rds',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen: 'CopyTagsToSnapshot is false. Aurora members get no verdict.',
  remediation: 'Copy tags to snapshots.',
  command: 'aws rds modify-db-instance --db-instance-identifier INSTANCE --copy-tags-to-snapshot',
  on: 'rds:DescribeDBInstances',
  judge(instance) {
    const { copiesTags } = instance;
    return isAurora(instance) ? null : failIf(!copiesTags, { copiesTags });
  },
});
