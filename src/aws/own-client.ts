import type { Config } from '../settings.ts';

/** Whatever part of an error of the AWS SDK there is; network errors have a code only. */
export type AwsError = Error & {
  code?: string;
  $fault?: 'client' | 'server';
  $retryable?: unknown;
  $metadata?: unknown;
};

interface ClientSettings {
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/** Networks and services that are away for a while, by the name or code of the SDK's error. */
const PASSING =
  /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENET|TimeoutError|NetworkingError|Throttl|TooManyRequests|SlowDown|RequestTimeout)/;

/** For a client with the configured keys or, without them, whatever credentials the AWS SDK finds. */
export function clientSettings({ aws }: Pick<Config, 'aws'>): ClientSettings {
  const { region, accessKeyId, secretAccessKey, sessionToken } = aws;
  const settings: ClientSettings = region === undefined ? {} : { region };
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    settings.credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  }
  return settings;
}

/** Whether the same call can succeed later without anybody changing anything. */
export function isPassing({ name, code = '', $fault, $retryable }: AwsError): boolean {
  return $fault === 'server' || $retryable !== undefined || PASSING.test(code) || PASSING.test(name);
}
