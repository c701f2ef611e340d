import { defineCheck, failIf } from '../../../catalogue.ts';

export const ecsTaskHostNamespace = defineCheck({
  id: 'ecs-task-host-namespace',
  title: 'Host process namespace is not shared',
  service: 'ecs',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::ECS::TaskDefinition',
  failsWhen: 'pidMode is host.',
  remediation: 'Set pidMode to task.',
  command: 'aws ecs register-task-definition --cli-input-json file://task.json',
  on: 'ecs:ListTaskDefinitions',
  needs: ['ecs:DescribeTaskDefinition'],
  judge(_, { detail }) {
    const pidMode = detail('ecs:DescribeTaskDefinition')?.pidMode;
    return failIf(pidMode === 'host', { pidMode });
  },
});
