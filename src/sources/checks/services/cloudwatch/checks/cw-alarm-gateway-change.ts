import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmGatewayChange = defineAlarmCheck({
  id: 'cw-alarm-gateway-change',
  title: 'Gateway changes raise an alarm',
  failsWhen:
    'The chain is missing for Create and Delete of CustomerGateway and InternetGateway, AttachInternetGateway, DetachInternetGateway.',
  events: eventsNamed([
    'CreateCustomerGateway',
    'DeleteCustomerGateway',
    'AttachInternetGateway',
    'CreateInternetGateway',
    'DeleteInternetGateway',
    'DetachInternetGateway',
  ]),
});
