import { defineAlarmCheck } from '../alarm-check.ts';

export const cwAlarmAuthFailure = defineAlarmCheck({
  id: 'cw-alarm-auth-failure',
  title: 'Failed sign-ins raise an alarm',
  failsWhen: 'The chain is missing for eventName ConsoleLogin with errorMessage Failed authentication.',
  events: {
    events: [{ eventName: 'ConsoleLogin', errorMessage: 'Failed authentication' }],
    conditions: [
      { field: 'eventName', operator: '=', value: 'ConsoleLogin' },
      { field: 'errorMessage', operator: '=', value: 'Failed authentication' },
    ],
  },
});
