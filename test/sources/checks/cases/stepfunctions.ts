import type { StateMachineDescription } from '../../../../src/sources/checks/services/stepfunctions/collect.ts';
import type { Case, Cases } from './case.ts';

const machine = (what: string, more: Partial<StateMachineDescription>, says: string): Case => ({
  what,
  answers: {
    'sfn:ListStateMachines': [{ id: 'm', name: 'orders' }],
    'sfn:DescribeStateMachine': { m: { logLevel: 'OFF', secrets: [], ...more } },
  },
  says: [says],
});

export const stepfunctionsCases: Cases = {
  'sfn-logging': [machine('off', {}, 'fail'), machine('errors', { logLevel: 'ERROR' }, 'pass')],
  'sfn-definition-secrets': [
    machine('none', {}, 'pass'),
    machine('a token', { secrets: [{ name: 'line 1', kind: 'token' }] }, 'fail'),
  ],
};
