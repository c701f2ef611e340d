import { defineAlarmCheck } from '../alarm-check.ts';

export const cwAlarmConsoleNoMfa = defineAlarmCheck({
  id: 'cw-alarm-console-no-mfa',
  title: 'Sign-in without MFA raises an alarm',
  failsWhen:
    'The chain trail, log group, filter, alarm, action (as in cw-alarm-unauthorized-api) is missing for eventName ConsoleLogin with additionalEventData.MFAUsed other than Yes.',
  events: {
    events: [{ eventName: 'ConsoleLogin', 'additionalEventData.MFAUsed': 'No' }],
    conditions: [
      { field: 'eventName', operator: '=', value: 'ConsoleLogin' },
      { field: 'additionalEventData.MFAUsed', operator: '!=', value: 'Yes' },
    ],
  },
});
