import type { Check } from '../../catalogue.ts';
import { sagemakerNotebookInternet } from './checks/sagemaker-notebook-internet.ts';
import { sagemakerNotebookKms } from './checks/sagemaker-notebook-kms.ts';
import { sagemakerNotebookRoot } from './checks/sagemaker-notebook-root.ts';

export const sagemakerChecks: readonly Check[] = [
  sagemakerNotebookInternet,
  sagemakerNotebookKms,
  sagemakerNotebookRoot,
];
