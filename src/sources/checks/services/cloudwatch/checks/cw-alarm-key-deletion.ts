import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmKeyDeletion = defineAlarmCheck({
  id: 'cw-alarm-key-deletion',
  title: 'Disabling or deleting keys raises an alarm',
  failsWhen: 'The chain is missing for kms.amazonaws.com with DisableKey or ScheduleKeyDeletion.',
  events: eventsNamed(['DisableKey', 'ScheduleKeyDeletion'], 'kms.amazonaws.com'),
});
