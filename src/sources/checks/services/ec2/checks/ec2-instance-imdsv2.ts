import { defineCheck, failIf } from '../../../catalogue.ts';
import { isGone } from '../collect.ts';

export const ec2InstanceImdsv2 = defineCheck({
  id: 'ec2-instance-imdsv2',
  title: 'Instances ask for IMDSv2',
  service: 'ec2',
  depth: 'quick',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::EC2::Instance',
  failsWhen:
    'The metadata endpoint is enabled and HttpTokens is not required. Endpoint disabled passes; terminated and shutting-down instances get no verdict.',
  remediation: 'Require tokens (see first with the metric MetadataNoToken who still uses version 1).',
  command: 'aws ec2 modify-instance-metadata-options --instance-id INSTANCE --http-tokens required',
  on: 'ec2:DescribeInstances',
  judge(instance) {
    const { metadataEndpoint, metadataTokens } = instance;
    if (isGone(instance)) return null;
    const answersAnybody = metadataEndpoint === 'enabled' && metadataTokens !== 'required';
    return failIf(answersAnybody, { metadataEndpoint, metadataTokens });
  },
});
