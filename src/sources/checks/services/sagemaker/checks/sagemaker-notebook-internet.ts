import { defineCheck, failIf } from '../../../catalogue.ts';

export const sagemakerNotebookInternet = defineCheck({
  id: 'sagemaker-notebook-internet',
  title: 'Notebooks have no direct internet access',
  service: 'sagemaker',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::SageMaker::NotebookInstance',
  failsWhen: 'DirectInternetAccess is Enabled.',
  remediation: 'Make the notebook in a VPC without direct internet access (it cannot be changed).',
  on: 'sagemaker:ListNotebookInstances',
  needs: ['sagemaker:DescribeNotebookInstance'],
  judge(_, { detail }) {
    return failIf(detail('sagemaker:DescribeNotebookInstance')?.directInternet === true);
  },
});
