import { defineCheck, failIf } from '../../../catalogue.ts';
import { eachContainer } from '../each-container.ts';

export const ecsTaskLogging = defineCheck({
  id: 'ecs-task-logging',
  title: 'Containers have a log driver',
  service: 'ecs',
  depth: 'standard',
  level: 'high',
  category: 'logging',
  resourceType: 'AWS::ECS::TaskDefinition',
  failsWhen: 'A container has no logConfiguration.logDriver.',
  remediation: 'Give each container a log configuration (awslogs or FireLens).',
  command: 'aws ecs register-task-definition --cli-input-json file://task.json',
  on: 'ecs:ListTaskDefinitions',
  needs: ['ecs:DescribeTaskDefinition'],
  judge(_, { detail }) {
    return eachContainer(detail('ecs:DescribeTaskDefinition'), ({ logDriver }) =>
      failIf(logDriver === null, { logDriver }),
    );
  },
});
