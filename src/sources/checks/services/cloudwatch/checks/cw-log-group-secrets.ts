import { defineCheck, failIf, unknown } from '../../../catalogue.ts';

export const cwLogGroupSecrets = defineCheck({
  id: 'cw-log-group-secrets',
  title: 'Logs carry no secrets',
  service: 'cloudwatch',
  depth: 'deep',
  level: 'medium',
  category: 'secrets',
  resourceType: 'AWS::Logs::LogGroup',
  failsWhen:
    'One of the newest 50 events of the group contains a secret. A sample: pass means that none was in it; empty groups pass.',
  remediation: 'Rotate the secret, stop logging it, mask it by a data protection policy.',
  command:
    'aws logs put-data-protection-policy --log-group-identifier GROUP --policy-document file://policy.json',
  on: 'cloudwatch-logs:DescribeLogGroups',
  needs: ['cloudwatch-logs:FilterLogEvents'],
  judge({ groupClass }, { detail }) {
    const sample = detail('cloudwatch-logs:FilterLogEvents');
    if (sample === null)
      return unknown(`unsupported: events of log groups of the class ${groupClass} cannot be read`);
    return failIf(sample.secrets.length > 0, { ...sample });
  },
});
