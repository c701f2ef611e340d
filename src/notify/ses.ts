import type { SESClient } from '@aws-sdk/client-ses';
import type { AwsError } from '../aws/failures.ts';
import { ownIdentity } from '../aws/own-identity.ts';
import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import { printable } from '../text/printable.ts';
import type { Envelope } from './envelope.ts';
import type { MailTransport } from './transport.ts';

/** Simple Email Service, with the configured keys or, without them, whatever credentials the AWS SDK finds. */
export function sesTransport(config: Config, timeoutMs: number): MailTransport {
  const where = config.aws.region === undefined ? 'SES' : `SES in ${printable(config.aws.region)}`;
  return {
    name: 'ses',
    mostRecipients: 50,
    async send(mime: Buffer, { from }: Envelope, signal: AbortSignal) {
      const { SendRawEmailCommand } = await import('@aws-sdk/client-ses');
      // It goes to those that the message itself names; named here as well, they would count twice.
      const command = new SendRawEmailCommand({ Source: from.address, RawMessage: { Data: mime } });
      const send = (client: SESClient) => client.send(command, { abortSignal: signal });
      await using(config, timeoutMs, where, send, signal);
      return { rejected: [] };
    },
    async check(from: string, signal: AbortSignal) {
      const { GetIdentityVerificationAttributesCommand } = await import('@aws-sdk/client-ses');
      const command = new GetIdentityVerificationAttributesCommand({ Identities: identitiesOf(from) });
      const ask = (client: SESClient) => client.send(command, { abortSignal: signal });
      const { VerificationAttributes } = await using(config, timeoutMs, where, ask, signal);
      const verified = Object.entries(VerificationAttributes ?? {}).find(
        ([, { VerificationStatus }]) => VerificationStatus === 'Success',
      );
      if (verified === undefined) {
        throw new VedetteError('mail-refused', `${where} has not verified the sender ${printable(from)}.`, {
          remedy: 'Verify the sender or its domain in SES, or set SMTP_FROM to a verified one.',
        });
      }
      return `${where} accepts the credentials, sender ${printable(verified[0])} is verified`;
    },
  };
}

/** An address may send when it, its domain or a parent of that is verified. */
function identitiesOf(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  return [address, ...labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))];
}

async function using<Result>(
  config: Config,
  timeoutMs: number,
  where: string,
  work: (client: SESClient) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const { SESClient } = await import('@aws-sdk/client-ses');
  const client = new SESClient({
    requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
    ...ownIdentity(config.aws),
  });
  try {
    return await work(client);
  } catch (error) {
    signal.throwIfAborted();
    throw await failureOf(error as AwsError, where);
  } finally {
    client.destroy();
  }
}

async function failureOf(error: AwsError, where: string): Promise<VedetteError> {
  const { isPassing } = await import('../aws/failures.ts');
  const message = printable(error.message || (error.code ?? error.name)).replace(/\.$/, '');
  if (message === 'Region is missing') {
    return new VedetteError('config-invalid', 'AWS_REGION names no region for SES.', {
      remedy: 'Set AWS_REGION.',
      cause: error,
    });
  }
  if (isPassing(error)) {
    return new VedetteError('mail-unreachable', `${where} cannot be reached: ${message}.`, {
      remedy: 'Check AWS_REGION and the network; vedette notify test tries them.',
      cause: error,
    });
  }
  return new VedetteError('mail-refused', `${where} refuses: ${message}.`, {
    remedy:
      'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, and that the sender is verified in SES.',
    cause: error,
  });
}
