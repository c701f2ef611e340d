import { setting } from '../config/setting.ts';
import { choice, flag, integer, list, text } from '../config/types.ts';

/** The names without `VEDETTE_` are those that senders and receivers have been given from the start. */
export const view360Settings = {
  bucket: setting(
    'BUCKET',
    text,
    'Bucket in the analytics account that payloads are sent to and received from.',
  ),
  region: setting('REGION', text, 'Region of that bucket and its queue; default `AWS_REGION`.'),
  kmsKey: setting(
    'ANALYTICS_KMS_KEY',
    text,
    'KMS key that payloads are encrypted with; without it nothing is sent, unless that is asked for.',
  ),
  queueUrl: setting(
    'VEDETTE_VIEW360_QUEUE',
    text,
    'SQS queue that tells of new payloads; without it the bucket is listed.',
  ),
  unknownAccounts: setting(
    'VEDETTE_VIEW360_UNKNOWN_ACCOUNTS',
    choice(['allow', 'refuse'], 'allow'),
    'Whether payloads of accounts are taken that nobody has made known.',
  ),
  customer: setting('CUSTOMER', text, 'Label of what is sent: the customer that the account is of.'),
  partner: setting('PARTNER', text, 'Label of what is sent: the partner who looks after the account.'),
  category: setting('CATEGORY', text, 'Label of what is sent: `Both`, `Internet` or `Intranet`.'),
  environment: setting(
    'ENVIRONMENT',
    text,
    'Label of what is sent: `PRODUCTION`, `STAGING`, `TEST`, `UAT` or `DEVELOPMENT`.',
  ),
  product: setting(
    'PRODUCT',
    text,
    'Label of what is sent: the products that the account belongs to, comma-separated.',
  ),
  regions: setting(
    'VEDETTE_VIEW360_REGIONS',
    list,
    'Regions that are read; default all that the account has enabled.',
  ),
  skip: setting(
    'VEDETTE_VIEW360_SKIP',
    list,
    'Sections that are not collected, e.g. `inventory,marketplace`.',
  ),
  configMode: setting(
    'VEDETTE_VIEW360_CONFIG_MODE',
    choice(['changed', 'full'], 'changed'),
    'What is sent of AWS Config: what was judged on the day, or every resource.',
  ),
  includeContacts: setting(
    'VEDETTE_VIEW360_CONTACTS',
    flag(false),
    'Send names, addresses, telephone numbers and subjects of support cases as well.',
  ),
  costRequests: setting(
    'VEDETTE_VIEW360_COST_REQUESTS',
    integer(200, { min: 0, max: 1_000_000 }),
    'Requests to Cost Explorer that one run may make for an account; each costs 0.01 USD.',
  ),
  auroraClusterArn: setting(
    'AURORA_CLUSTER_ARN',
    text,
    'Not supported: the database is SQLite, MySQL or MariaDB (`DB_HOST`).',
  ),
  auroraSecretArn: setting(
    'AURORA_SECRET_ARN',
    text,
    'Not supported: the database is SQLite, MySQL or MariaDB (`DB_HOST`).',
  ),
};
