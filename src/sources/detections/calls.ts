import type { CallTable, DetailCall, ListCall } from '../../collect/call.ts';
import { cloudtrailCalls } from './calls/cloudtrail.ts';
import { cloudwatchCalls } from './calls/cloudwatch.ts';
import { configCalls } from './calls/config.ts';
import { eventbridgeCalls } from './calls/eventbridge.ts';
import { findersCalls } from './calls/finders.ts';
import { guarddutyCalls } from './calls/guardduty.ts';
import { lambdaCalls } from './calls/lambda.ts';
import { logsCalls } from './calls/logs.ts';
import { messagingCalls } from './calls/messaging.ts';
import { securityhubCalls } from './calls/securityhub.ts';
import { servicesCalls } from './calls/services.ts';

/** Every call that looks for detections, and for the services they should watch. */
export const calls = {
  ...cloudtrailCalls,
  ...cloudwatchCalls,
  ...configCalls,
  ...eventbridgeCalls,
  ...findersCalls,
  ...guarddutyCalls,
  ...lambdaCalls,
  ...logsCalls,
  ...messagingCalls,
  ...securityhubCalls,
  ...servicesCalls,
} satisfies CallTable;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type ListName = { [Name in CallName]: Calls[Name] extends ListCall<infer _> ? Name : never }[CallName];
export type DetailName = Exclude<CallName, ListName>;
export type ItemOf<Name extends ListName> = Calls[Name] extends ListCall<infer Item> ? Item : never;
export type AnswerOf<Name extends DetailName> =
  Calls[Name] extends DetailCall<infer _, infer Answer> ? Answer : never;
