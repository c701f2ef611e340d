import { defineCheck, failIf } from '../../../catalogue.ts';

export const ecsServicePlatformVersion = defineCheck({
  id: 'ecs-service-platform-version',
  title: 'Fargate platform is the latest',
  service: 'ecs',
  depth: 'standard',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::ECS::Service',
  failsWhen:
    "A Fargate service's platformVersion is neither LATEST nor the newest of its family. Other launch types get no verdict.",
  remediation: 'Deploy with LATEST.',
  command:
    'aws ecs update-service --cluster CLUSTER --service SERVICE --platform-version LATEST --force-new-deployment',
  parameters: { linux: '1.4.0', windows: '1.0.0' },
  on: 'ecs:DescribeServices',
  judge({ isFargate, isWindows, platformVersion }, { parameters }) {
    if (!isFargate) return null;
    const newest = isWindows ? parameters.windows : parameters.linux;
    const isNewest = platformVersion === null || platformVersion === 'LATEST' || platformVersion === newest;
    return failIf(!isNewest, { platformVersion, newest });
  },
});
