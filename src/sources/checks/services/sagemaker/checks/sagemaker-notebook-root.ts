import { defineCheck, failIf } from '../../../catalogue.ts';

export const sagemakerNotebookRoot = defineCheck({
  id: 'sagemaker-notebook-root',
  title: 'Notebook users are not root',
  service: 'sagemaker',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::SageMaker::NotebookInstance',
  failsWhen: 'RootAccess is Enabled.',
  remediation: 'Turn root access off (stop it first).',
  command: 'aws sagemaker update-notebook-instance --notebook-instance-name NAME --root-access Disabled',
  on: 'sagemaker:ListNotebookInstances',
  needs: ['sagemaker:DescribeNotebookInstance'],
  judge(_, { detail }) {
    return failIf(detail('sagemaker:DescribeNotebookInstance')?.rootAccess === true);
  },
});
