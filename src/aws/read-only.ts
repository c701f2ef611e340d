import { VedetteError } from '../errors.ts';
import type { AwsCall } from './call.ts';

/** `service:Operation`, e.g. `ec2:DescribeInstances`. */
export type AllowedCall = `${string}:${string}`;

/**
 * Refuses every operation that is not on the list of a collector. What is not written there cannot be sent, whatever it
 * is called: a name that begins with Get or List proves nothing.
 *
 * @throws VedetteError `aws-call-refused`
 */
export function assertAllowed(
  { service, operation }: Pick<AwsCall, 'service' | 'operation'>,
  allowed: ReadonlySet<AllowedCall>,
): void {
  if (allowed.has(`${service}:${operation}`)) return;
  throw new VedetteError(
    'aws-call-refused',
    `${service}:${operation} is not among the calls that this scan may make; nothing was sent.`,
  );
}
