import { defineCheck, failIf } from '../../../catalogue.ts';
import { eachContainer } from '../each-container.ts';

export const ecsTaskEnvSecrets = defineCheck({
  id: 'ecs-task-env-secrets',
  title: 'Environment carries no secrets',
  service: 'ecs',
  depth: 'quick',
  level: 'critical',
  category: 'secrets',
  resourceType: 'AWS::ECS::TaskDefinition',
  failsWhen:
    'An environment variable of a container looks like a secret; values from secrets (valueFrom) pass. Newest revision, and those that services run.',
  remediation: 'Rotate the secret and pass it by secrets (valueFrom).',
  command: 'aws ecs register-task-definition --cli-input-json file://task.json',
  on: 'ecs:ListTaskDefinitions',
  needs: ['ecs:DescribeTaskDefinition'],
  judge(_, { detail }) {
    return eachContainer(detail('ecs:DescribeTaskDefinition'), ({ secrets }) =>
      failIf(secrets.length > 0, { secrets }),
    );
  },
});
