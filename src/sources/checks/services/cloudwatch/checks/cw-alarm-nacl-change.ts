import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmNaclChange = defineAlarmCheck({
  id: 'cw-alarm-nacl-change',
  title: 'Network ACL changes raise an alarm',
  failsWhen:
    'The chain is missing for Create and Delete of NetworkAcl and NetworkAclEntry, ReplaceNetworkAclEntry, ReplaceNetworkAclAssociation.',
  events: eventsNamed([
    'CreateNetworkAcl',
    'CreateNetworkAclEntry',
    'DeleteNetworkAcl',
    'DeleteNetworkAclEntry',
    'ReplaceNetworkAclEntry',
    'ReplaceNetworkAclAssociation',
  ]),
});
