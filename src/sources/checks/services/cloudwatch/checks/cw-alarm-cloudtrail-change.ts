import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmCloudtrailChange = defineAlarmCheck({
  id: 'cw-alarm-cloudtrail-change',
  title: 'CloudTrail changes raise an alarm',
  failsWhen: 'The chain is missing for CreateTrail, UpdateTrail, DeleteTrail, StartLogging, StopLogging.',
  events: eventsNamed(['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging']),
});
