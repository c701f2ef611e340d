import { defineCheck } from '../../../catalogue.ts';

export const ec2AccountImdsv2Default = defineCheck({
  id: 'ec2-account-imdsv2-default',
  title: 'IMDSv2 is the regional default',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::EC2::InstanceMetadataDefaults',
  failsWhen:
    'The regional default for HttpTokens is not required (no-preference or optional). One verdict per region, also without instances.',
  remediation: 'Require tokens for new instances of the region.',
  command: 'aws ec2 modify-instance-metadata-defaults --region REGION --http-tokens required',
  on: 'ec2:GetInstanceMetadataDefaults',
  failsIf: { path: 'state', op: 'is-not', value: 'required' },
});
