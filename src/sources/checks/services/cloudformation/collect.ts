import { allOf, listCall } from '../../../../collect/call.ts';
import { secretsAmong } from '../../secrets.ts';
import type { FoundSecret } from '../../secrets.ts';
import { taggedBy } from '../../tagged-by.ts';

export interface Stack {
  id: string;
  name: string;
  status: string;
  isNested: boolean;
  deletionProtected: boolean;
  /** Among its outputs. */
  secrets: readonly FoundSecret[];
}

export const cloudformationCalls = {
  'cloudformation:DescribeStacks': listCall<Stack>({
    where: 'region',
    async list({ clients, region }) {
      const { CloudFormationClient, paginateDescribeStacks } = await import('@aws-sdk/client-cloudformation');
      const client = clients.of(CloudFormationClient, region);
      const stacks = await allOf(paginateDescribeStacks({ client }, {}), (page) => page.Stacks);
      return stacks.map((stack) => ({
        id: stack.StackId ?? '',
        name: stack.StackName ?? '',
        ...taggedBy(stack.Tags),
        status: stack.StackStatus ?? '',
        isNested: stack.ParentId !== undefined,
        deletionProtected: stack.EnableTerminationProtection ?? false,
        secrets: secretsAmong(
          Object.fromEntries((stack.Outputs ?? []).map((one) => [one.OutputKey ?? '', one.OutputValue])),
        ),
      }));
    },
  }),
};
