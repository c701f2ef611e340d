import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmVpcChange = defineAlarmCheck({
  id: 'cw-alarm-vpc-change',
  title: 'VPC changes raise an alarm',
  failsWhen:
    'The chain is missing for CreateVpc, DeleteVpc, ModifyVpcAttribute, Accept, Create, Delete and Reject of VpcPeeringConnection, Attach and Detach of ClassicLinkVpc, Enable and Disable of VpcClassicLink.',
  events: eventsNamed([
    'CreateVpc',
    'DeleteVpc',
    'ModifyVpcAttribute',
    'AcceptVpcPeeringConnection',
    'CreateVpcPeeringConnection',
    'DeleteVpcPeeringConnection',
    'RejectVpcPeeringConnection',
    'AttachClassicLinkVpc',
    'DetachClassicLinkVpc',
    'EnableVpcClassicLink',
    'DisableVpcClassicLink',
  ]),
});
