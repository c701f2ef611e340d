import { secret, setting, trusted } from '../config/setting.ts';
import { text } from '../config/types.ts';

export const awsSettings = {
  region: setting('AWS_REGION', text, 'Region of SES.'),
  accessKeyId: setting('AWS_ACCESS_KEY_ID', text, 'Access key for SES.'),
  secretAccessKey: secret('AWS_SECRET_ACCESS_KEY', text, 'Secret of the access key for SES.'),
  sessionToken: secret('AWS_SESSION_TOKEN', text, 'Session token of temporary credentials for SES.'),
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
