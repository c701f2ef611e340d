import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmConfigChange = defineAlarmCheck({
  id: 'cw-alarm-config-change',
  title: 'AWS Config changes raise an alarm',
  failsWhen:
    'The chain is missing for config.amazonaws.com with StopConfigurationRecorder, DeleteDeliveryChannel, PutDeliveryChannel, PutConfigurationRecorder.',
  events: eventsNamed(
    ['StopConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutConfigurationRecorder'],
    'config.amazonaws.com',
  ),
});
