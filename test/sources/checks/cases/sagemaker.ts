import type { NotebookDescription } from '../../../../src/sources/checks/services/sagemaker/collect.ts';
import type { Case, Cases } from './case.ts';

const notebook = (what: string, more: Partial<NotebookDescription>, says: string): Case => ({
  what,
  answers: {
    'sagemaker:ListNotebookInstances': [{ id: 'n', name: 'lab' }],
    'sagemaker:DescribeNotebookInstance': {
      n: { directInternet: true, rootAccess: true, keyId: null, ...more },
    },
  },
  says: [says],
});

export const sagemakerCases: Cases = {
  'sagemaker-notebook-internet': [
    notebook('yes', {}, 'fail'),
    notebook('no', { directInternet: false }, 'pass'),
  ],
  'sagemaker-notebook-root': [notebook('yes', {}, 'fail'), notebook('no', { rootAccess: false }, 'pass')],
  'sagemaker-notebook-kms': [notebook('none', {}, 'fail'), notebook('one', { keyId: 'k' }, 'pass')],
};
