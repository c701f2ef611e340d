import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmRouteChange = defineAlarmCheck({
  id: 'cw-alarm-route-change',
  title: 'Route table changes raise an alarm',
  failsWhen:
    'The chain is missing for ec2.amazonaws.com with CreateRoute, CreateRouteTable, ReplaceRoute, ReplaceRouteTableAssociation, DeleteRouteTable, DeleteRoute, DisassociateRouteTable.',
  events: eventsNamed(
    [
      'CreateRoute',
      'CreateRouteTable',
      'ReplaceRoute',
      'ReplaceRouteTableAssociation',
      'DeleteRouteTable',
      'DeleteRoute',
      'DisassociateRouteTable',
    ],
    'ec2.amazonaws.com',
  ),
});
