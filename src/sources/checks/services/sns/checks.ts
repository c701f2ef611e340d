import type { Check } from '../../catalogue.ts';
import { snsSubscriptionHttp } from './checks/sns-subscription-http.ts';
import { snsTopicEncrypted } from './checks/sns-topic-encrypted.ts';
import { snsTopicPublic } from './checks/sns-topic-public.ts';

export const snsChecks: readonly Check[] = [snsSubscriptionHttp, snsTopicEncrypted, snsTopicPublic];
