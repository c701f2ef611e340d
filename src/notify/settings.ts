import { z } from 'zod';
import { secret, setting } from '../config/setting.ts';
import { choice, duration, flag, levels, port, text } from '../config/types.ts';
import { mailbox, mailboxes } from './addresses.ts';

export const mailSettings = {
  enabled: setting('ENABLE_EMAIL_NOTIFICATIONS', flag(false), 'Send e-mails at all.'),
  transport: setting(
    'VEDETTE_MAIL_TRANSPORT',
    choice(['auto', 'ses', 'smtp'], 'auto'),
    '`auto` takes SES when AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set, else SMTP; ' +
      '`ses` takes whatever credentials the AWS SDK finds.',
  ),
  smtpHost: setting('SMTP_HOST', text, 'SMTP server.'),
  smtpPort: setting('SMTP_PORT', port(587), 'Port of the SMTP server; on 465 TLS starts at once.'),
  smtpUser: setting('SMTP_USER', text, 'User at the SMTP server.'),
  smtpPassword: secret('SMTP_PASSWORD', text, 'Password at the SMTP server.'),
  smtpUseTls: setting('SMTP_USE_TLS', flag(true), 'Demand TLS of the SMTP server.'),
  smtpCa: setting(
    'VEDETTE_SMTP_CA',
    text,
    'File with the certificate authority of the SMTP server, where it is a private one.',
  ),
  from: setting('SMTP_FROM', text.pipe(mailbox.optional()), 'Sender of the e-mails; default is SMTP_USER.'),
  recipients: setting(
    'EMAIL_RECIPIENTS',
    mailboxes,
    'Recipients, comma-separated, as mail programs write them: `"Doe, Jane" <jane@example.com>, ops@example.com`.',
  ),
  onNewFindings: setting(
    'NOTIFY_ON_NEW_FINDINGS',
    flag(true),
    'Send messages about new and reopened events.',
  ),
  onJobEnd: setting(
    'VEDETTE_NOTIFY_JOBS',
    flag(false),
    'Tell of the end of each job that looks for sensitive data in a bucket, however it has ended.',
  ),
  onSeverity: setting(
    'NOTIFY_ON_SEVERITY',
    levels(['medium', 'high', 'critical']),
    'Levels of events that a message is sent about, comma-separated.',
  ),
  initialScan: setting(
    'INITIAL_SCAN',
    flag(false),
    'Mark new events as notified instead of sending a message about them.',
  ),
  retryWindowMs: setting(
    'VEDETTE_MAIL_RETRY_WINDOW',
    duration('15m'),
    'How long a message is tried again when the mail server, or another channel, cannot be reached.',
  ),
};

/** No scheme but these two, and no surprises from what else an address may hold. */
const webAddress = text.pipe(
  z.url({ protocol: /^https?$/, error: 'expected http://… or https://…' }).optional(),
);

const topicArn = text.pipe(
  z
    .string()
    .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(?:\.fifo)?$/, {
      error: 'expected the ARN of a topic, arn:aws:sns:REGION:ACCOUNT:NAME',
    })
    .optional(),
);

/** Where messages go beside e-mail. An address is as good as a password for whoever wants to post there. */
export const channelSettings = {
  webhookUrl: secret(
    'VEDETTE_WEBHOOK_URL',
    webAddress,
    'Web address that gets messages as signed JSON. Redirects are not followed.',
  ),
  webhookSecret: secret(
    'VEDETTE_WEBHOOK_SECRET',
    text,
    'What messages to the webhook are signed with, as Standard Webhooks says; `whsec_…` is taken as base64.',
  ),
  slackUrl: secret('VEDETTE_SLACK_WEBHOOK_URL', webAddress, 'Incoming webhook of a Slack channel.'),
  teamsUrl: secret(
    'VEDETTE_TEAMS_WEBHOOK_URL',
    webAddress,
    'Address of a Microsoft Teams workflow that posts to a channel what it is sent.',
  ),
  snsTopic: setting(
    'VEDETTE_SNS_TOPIC_ARN',
    topicArn,
    'Topic of Amazon SNS that messages are published to, in the region of the ARN, as ourselves (AWS_ACCESS_KEY_ID).',
  ),
};
