import { allOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { secretsInText } from '../../secrets.ts';
import type { FoundSecret } from '../../secrets.ts';

export interface StateMachine {
  id: string;
  name: string;
}

export interface StateMachineDescription {
  /** `OFF`, `ERROR`, `FATAL`, `ALL`. */
  logLevel: string;
  secrets: readonly FoundSecret[];
}

async function sfn({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-sfn');
  return { ...sdk, client: clients.of(sdk.SFNClient, region) };
}

export const stepfunctionsCalls = {
  'sfn:ListStateMachines': listCall<StateMachine>({
    where: 'region',
    permissions: ['states:ListStateMachines'],
    async list(caller) {
      const { client, paginateListStateMachines } = await sfn(caller);
      const machines = await allOf(paginateListStateMachines({ client }, {}), (page) => page.stateMachines);
      return machines.map(({ stateMachineArn = '', name = '' }) => ({ id: stateMachineArn, name }));
    },
  }),

  'sfn:DescribeStateMachine': detailCall<StateMachine, StateMachineDescription>({
    of: 'sfn:ListStateMachines',
    permissions: ['states:DescribeStateMachine'],
    async get(caller, { id }) {
      const { client, DescribeStateMachineCommand } = await sfn(caller);
      const machine = await client.send(new DescribeStateMachineCommand({ stateMachineArn: id }));
      return {
        logLevel: machine.loggingConfiguration?.level ?? 'OFF',
        secrets: secretsInText(machine.definition ?? ''),
      };
    },
  }),
};
