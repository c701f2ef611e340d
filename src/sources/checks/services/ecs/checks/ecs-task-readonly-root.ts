import { defineCheck, failIf } from '../../../catalogue.ts';
import { eachContainer } from '../each-container.ts';

export const ecsTaskReadonlyRoot = defineCheck({
  id: 'ecs-task-readonly-root',
  title: 'Root file system is read-only',
  service: 'ecs',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::ECS::TaskDefinition',
  failsWhen: 'readonlyRootFilesystem of a container is not true. Windows task definitions get no verdict.',
  remediation: 'Set readonlyRootFilesystem and mount volumes where the container writes.',
  command: 'aws ecs register-task-definition --cli-input-json file://task.json',
  on: 'ecs:ListTaskDefinitions',
  needs: ['ecs:DescribeTaskDefinition'],
  judge(_, { detail }) {
    const task = detail('ecs:DescribeTaskDefinition');
    if (task?.isWindows === true) return null;
    return eachContainer(task, ({ readonlyRoot }) => failIf(!readonlyRoot));
  },
});
