import type { Check } from '../../catalogue.ts';
import { configDeliveryChannel } from './checks/config-delivery-channel.ts';
import { configRecorderOn } from './checks/config-recorder-on.ts';
import { configRecorderServiceRole } from './checks/config-recorder-service-role.ts';

export const configChecks: readonly Check[] = [
  configDeliveryChannel,
  configRecorderOn,
  configRecorderServiceRole,
];
