import { defineCheck, failIf } from '../../../catalogue.ts';
import { eachContainer } from '../each-container.ts';

/** `root`, `0`, with or without a group; nothing where the image decides, which is root for most. */
const isRoot = (user: string | null): boolean => user === null || /^(?:root|0)(?::|$)/.test(user);

export const ecsTaskHostNetworkUser = defineCheck({
  id: 'ecs-task-host-network-user',
  title: 'Host-network tasks do not run as root',
  service: 'ecs',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::ECS::TaskDefinition',
  failsWhen:
    'networkMode is host and a container that is not privileged has no user, root or 0. Other network modes pass.',
  remediation: 'Use awsvpc, or run the container as a user that is not root.',
  command: 'aws ecs register-task-definition --cli-input-json file://task.json',
  on: 'ecs:ListTaskDefinitions',
  needs: ['ecs:DescribeTaskDefinition'],
  judge(_, { detail }) {
    const task = detail('ecs:DescribeTaskDefinition');
    return eachContainer(task, ({ privileged, user }) =>
      failIf(task?.networkMode === 'host' && !privileged && isRoot(user), {
        networkMode: task?.networkMode,
        user,
      }),
    );
  },
});
