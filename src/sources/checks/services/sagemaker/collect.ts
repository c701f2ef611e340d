import { allOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Notebook {
  id: string;
  name: string;
}

export interface NotebookDescription {
  directInternet: boolean;
  rootAccess: boolean;
  keyId: string | null;
}

async function sagemaker({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-sagemaker');
  return { ...sdk, client: clients.of(sdk.SageMakerClient, region) };
}

export const sagemakerCalls = {
  'sagemaker:ListNotebookInstances': listCall<Notebook>({
    where: 'region',
    async list(caller) {
      const { client, paginateListNotebookInstances } = await sagemaker(caller);
      const pages = paginateListNotebookInstances({ client }, {});
      const notebooks = await allOf(pages, (page) => page.NotebookInstances);
      return notebooks.map(({ NotebookInstanceArn = '', NotebookInstanceName = '' }) => ({
        id: NotebookInstanceArn,
        name: NotebookInstanceName,
      }));
    },
  }),

  'sagemaker:DescribeNotebookInstance': detailCall<Notebook, NotebookDescription>({
    of: 'sagemaker:ListNotebookInstances',
    async get(caller, { name }) {
      const { client, DescribeNotebookInstanceCommand } = await sagemaker(caller);
      const notebook = await client.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName: name }));
      return {
        directInternet: notebook.DirectInternetAccess !== 'Disabled',
        rootAccess: notebook.RootAccess !== 'Disabled',
        keyId: notebook.KmsKeyId || null,
      };
    },
  }),
};
