import { defineCheck, failIf } from '../../../catalogue.ts';

export const configRecorderOn = defineCheck({
  id: 'config-recorder-on',
  title: 'Configuration recorder runs in each region',
  service: 'config',
  depth: 'quick',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::Config::ConfigurationRecorder',
  failsWhen: 'The region has no recorder, recording is false, or lastStatus is Failure.',
  remediation: 'Start the recorder, all resource types.',
  command: 'aws configservice start-configuration-recorder --configuration-recorder-name default',
  on: 'region',
  needs: [
    'config-service:DescribeConfigurationRecorders',
    'config-service:DescribeConfigurationRecorderStatus',
  ],
  judge(_, { list }) {
    const recorders = list('config-service:DescribeConfigurationRecorders').map(({ name }) => name);
    const running = list('config-service:DescribeConfigurationRecorderStatus').filter(
      ({ name, recording, lastStatus }) => recorders.includes(name) && recording && lastStatus !== 'Failure',
    );
    return failIf(running.length === 0, { recorders, running: running.map(({ name }) => name) });
  },
});
