import { z } from 'zod';
import { secret, setting, trusted } from '../config/setting.ts';
import { text } from '../config/types.ts';

/** Who vedette itself is at AWS, and where profiles are found. */
export const awsSettings = {
  region: setting('AWS_REGION', text, 'Region of our own services: SES and the bucket of artifacts.'),
  accessKeyId: setting(
    'AWS_ACCESS_KEY_ID',
    text,
    'Access key of vedette itself: for SES, the bucket of artifacts, and to assume the roles of accounts. Nothing is scanned with it.',
  ),
  secretAccessKey: secret('AWS_SECRET_ACCESS_KEY', text, 'Secret of that access key.'),
  sessionToken: secret('AWS_SESSION_TOKEN', text, 'Session token, where that access key is a temporary one.'),
  roleTemplateUrl: setting(
    'VEDETTE_ROLE_TEMPLATE_URL',
    text.pipe(z.url({ protocol: /^https$/, error: 'expected https://…' }).optional()),
    'Where in S3 the template of `vedette account template` lies, `https://…`; then one click makes the role of an account.',
  ),
  configFile: trusted(
    'AWS_CONFIG_FILE',
    text,
    'AWS configuration with the profiles; default `~/.aws/config`.',
  ),
  credentialsFile: trusted(
    'AWS_SHARED_CREDENTIALS_FILE',
    text,
    'AWS credentials file; default `~/.aws/credentials`.',
  ),
};
