import { defineCheck } from '../../../catalogue.ts';

export const ecsServiceExecEnabled = defineCheck({
  id: 'ecs-service-exec-enabled',
  title: 'ECS Exec is off in production',
  service: 'ecs',
  depth: 'deep',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::ECS::Service',
  failsWhen: 'enableExecuteCommand is true.',
  remediation: 'Turn ECS Exec off.',
  command:
    'aws ecs update-service --cluster CLUSTER --service SERVICE --no-enable-execute-command --force-new-deployment',
  on: 'ecs:DescribeServices',
  failsIf: { path: 'execEnabled', op: 'is', value: true },
});
