import { defineCheck, failIf } from '../../../catalogue.ts';

export const sagemakerNotebookKms = defineCheck({
  id: 'sagemaker-notebook-kms',
  title: 'Notebooks are encrypted',
  service: 'sagemaker',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::SageMaker::NotebookInstance',
  failsWhen: 'KmsKeyId is absent.',
  remediation: 'Make the notebook with a key (it cannot be changed).',
  on: 'sagemaker:ListNotebookInstances',
  needs: ['sagemaker:DescribeNotebookInstance'],
  judge(_, { detail }) {
    const keyId = detail('sagemaker:DescribeNotebookInstance')?.keyId ?? null;
    return failIf(keyId === null, { keyId });
  },
});
