import type { Check } from '../../catalogue.ts';
import { sqsQueueEncrypted } from './checks/sqs-queue-encrypted.ts';
import { sqsQueuePublic } from './checks/sqs-queue-public.ts';

export const sqsChecks: readonly Check[] = [sqsQueueEncrypted, sqsQueuePublic];
