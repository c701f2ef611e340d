import { allOf, detailCall, listCall, unlessNotConfigured } from '../../../collect/call.ts';
import type { Caller } from '../../../collect/call.ts';

export interface LambdaFunction {
  id: string;
  name: string;
}

export interface FunctionState {
  /** `Active`, `Pending`, `Inactive` or `Failed`. */
  state: string;
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
      return functions.map(({ FunctionArn = '', FunctionName = '' }) => ({
        id: FunctionArn,
        name: FunctionName,
      }));
    },
  }),

  'lambda:GetFunctionConfiguration': detailCall<LambdaFunction, FunctionState>({
    of: 'lambda:ListFunctions',
    async get(caller, { name }) {
      const { client, GetFunctionConfigurationCommand } = await lambda(caller);
      const { State = 'Active' } = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName: name }),
      );
      return { state: State };
    },
  }),

  'lambda:GetPolicy': detailCall<LambdaFunction, { policy: string }>({
    of: 'lambda:ListFunctions',
    async get(caller, { name }) {
      const { client, GetPolicyCommand } = await lambda(caller);
      return unlessNotConfigured(['ResourceNotFoundException'], async () => {
        const { Policy = '{}' } = await client.send(new GetPolicyCommand({ FunctionName: name }));
        return { policy: Policy };
      });
    },
  }),
};
