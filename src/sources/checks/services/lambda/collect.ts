import { allOf, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface LambdaFunction {
  id: string;
  name: string;
  groupIds: readonly string[];
}

async function lambda({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-lambda');
  return { ...sdk, client: clients.of(sdk.LambdaClient, region) };
}

export const lambdaCalls = {
  'lambda:ListFunctions': listCall<LambdaFunction>({
    where: 'region',
    async list(caller) {
      const { client, paginateListFunctions } = await lambda(caller);
      const functions = await allOf(paginateListFunctions({ client }, {}), (page) => page.Functions);
      return functions.map((one) => ({
        id: one.FunctionArn ?? '',
        name: one.FunctionName ?? '',
        groupIds: one.VpcConfig?.SecurityGroupIds ?? [],
      }));
    },
  }),
};
