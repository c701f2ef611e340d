import { defineCheck, failIf } from '../../../catalogue.ts';
import { isGone } from '../collect.ts';

export const ec2InstanceProfile = defineCheck({
  id: 'ec2-instance-profile',
  title: 'Instances use a role for AWS access',
  service: 'ec2',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::EC2::Instance',
  failsWhen: 'The instance has no instance profile. Terminated instances get no verdict.',
  remediation: 'Attach a role and remove static keys.',
  command:
    'aws ec2 associate-iam-instance-profile --instance-id INSTANCE --iam-instance-profile Name=PROFILE',
  on: 'ec2:DescribeInstances',
  judge(instance) {
    return isGone(instance) ? null : failIf(instance.profile === null, { profile: instance.profile });
  },
});
