import { defineAlarmCheck } from '../alarm-check.ts';

export const cwAlarmUnauthorizedApi = defineAlarmCheck({
  id: 'cw-alarm-unauthorized-api',
  title: 'Refused API calls raise an alarm',
  failsWhen:
    "No unbroken chain exists: a logging multi-region trail, its log group, a metric filter on errorCode *UnauthorizedOperation or AccessDenied*, an alarm on the filter's metric, and an enabled alarm action (an SNS topic of the account needs a confirmed subscriber). The missing link is named; the filter is parsed, not compared as text: order, spaces, quotes, further alternatives and further conditions do not matter, but every event and condition that the check names must be there. (What the trail records is judged by cloudtrail-multi-region.)",
  events: {
    events: [{ errorCode: 'Client.UnauthorizedOperation' }, { errorCode: 'AccessDeniedException' }],
    conditions: [
      { field: 'errorCode', operator: '=', value: '*UnauthorizedOperation' },
      { field: 'errorCode', operator: '=', value: 'AccessDenied*' },
    ],
  },
});
