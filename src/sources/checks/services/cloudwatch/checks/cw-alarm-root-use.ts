import { defineAlarmCheck } from '../alarm-check.ts';

export const cwAlarmRootUse = defineAlarmCheck({
  id: 'cw-alarm-root-use',
  title: 'Use of root raises an alarm',
  failsWhen:
    'The chain is missing for userIdentity.type Root, invokedBy not existing, eventType other than AwsServiceEvent.',
  events: {
    events: [{ 'userIdentity.type': 'Root', 'userIdentity.invokedBy': null, eventType: 'AwsApiCall' }],
    conditions: [
      { field: 'userIdentity.type', operator: '=', value: 'Root' },
      { field: 'userIdentity.invokedBy', operator: 'NOT EXISTS', value: '' },
      { field: 'eventType', operator: '!=', value: 'AwsServiceEvent' },
    ],
  },
});
