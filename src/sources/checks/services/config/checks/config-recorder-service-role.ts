import { defineCheck, failIf } from '../../../catalogue.ts';

export const configRecorderServiceRole = defineCheck({
  id: 'config-recorder-service-role',
  title: 'Recorder uses the service-linked role',
  service: 'config',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::Config::ConfigurationRecorder',
  failsWhen:
    "A recording recorder's roleARN is not the account's AWSServiceRoleForConfig. No recorder, no verdict.",
  remediation: 'Use the service-linked role.',
  command: 'aws configservice put-configuration-recorder --configuration-recorder file://recorder.json',
  on: 'config-service:DescribeConfigurationRecorders',
  needs: ['config-service:DescribeConfigurationRecorderStatus'],
  judge({ name, roleArn }, { accountId, list }) {
    const status = list('config-service:DescribeConfigurationRecorderStatus').find(
      (one) => one.name === name,
    );
    if (status?.recording !== true) return null;
    const isLinked = roleArn.endsWith(
      `:${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
    );
    return failIf(!isLinked, { roleArn });
  },
});
