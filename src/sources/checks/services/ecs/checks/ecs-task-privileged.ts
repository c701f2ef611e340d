import { defineCheck, failIf } from '../../../catalogue.ts';
import { eachContainer } from '../each-container.ts';

export const ecsTaskPrivileged = defineCheck({
  id: 'ecs-task-privileged',
  title: 'Containers are not privileged',
  service: 'ecs',
  depth: 'quick',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::ECS::TaskDefinition',
  failsWhen:
    'A container has privileged true, in the newest ACTIVE revision of a family or in a revision that a service runs. Other revisions get no verdict.',
  remediation: 'Register a revision without privileged; add single capabilities where needed.',
  command: 'aws ecs register-task-definition --cli-input-json file://task.json',
  on: 'ecs:ListTaskDefinitions',
  needs: ['ecs:DescribeTaskDefinition'],
  judge(_, { detail }) {
    return eachContainer(detail('ecs:DescribeTaskDefinition'), ({ privileged }) => failIf(privileged));
  },
});
