import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { secret, setting } from './config/setting.ts';
import type { Values } from './config/setting.ts';
import {
  choice,
  duration,
  flag,
  headers,
  integer,
  levels,
  list,
  listenAddress,
  port,
  text,
} from './config/types.ts';
import { mailbox, mailboxes } from './notify/addresses.ts';
import { scoutsuiteSettings } from './sources/scoutsuite/settings.ts';

/** Everything that can be set, by concern: the type of the configuration, its checks and its reference. */
export const settings = {
  general: {
    home: setting(
      'VEDETTE_HOME',
      text
        .transform((value) => resolve((value ?? '~/.vedette').replace(/^~(?=\/|$)/, homedir())))
        // Node would try there for ever.
        .refine((folder) => !/^\/proc(?:\/|$)/.test(folder), 'no folder can be made below /proc'),
      'Folder for everything that the embedded mode writes; default `~/.vedette`.',
    ),
    organizationId: setting(
      'VEDETTE_ORGANIZATION',
      text.pipe(z.string().max(64).default('default')),
      'The organisation that scans and events belong to.',
    ),
    logLevel: setting(
      'LOG_LEVEL',
      choice(['debug', 'info', 'warn', 'error'], 'info'),
      'Least level that is logged.',
    ),
    concurrency: setting(
      'VEDETTE_CONCURRENCY',
      integer(1, { min: 1, max: 256 }),
      'Accounts that a run scans at a time.',
    ),
    retentionMs: setting(
      'VEDETTE_RETENTION',
      duration('0'),
      'Age from which `vedette purge` removes resolved events and links of scans, e.g. `180d`; 0 for none.',
    ),
  },
  database: {
    host: setting(
      'DB_HOST',
      text,
      'MySQL or MariaDB server; without it the embedded SQLite database is used.',
    ),
    port: setting('DB_PORT', port(3306), 'Port of the database server.'),
    user: setting('DB_USER', text, 'Database user.'),
    password: secret('DB_PASSWORD', text, 'Password of the database user.'),
    name: setting('DB_NAME', text.pipe(z.string().default('scoutsuite_db')), 'Name of the database.'),
    sslDisabled: setting(
      'DB_SSL_DISABLED',
      flag(false),
      'Connect without TLS. Otherwise TLS is demanded of every server that is not on this machine.',
    ),
    sslCa: setting(
      'DB_SSL_CA',
      text,
      "File with the certificate authority that signed the server's certificate.",
    ),
    sslCert: setting('DB_SSL_CERT', text, 'File with the client certificate.'),
    sslKey: setting('DB_SSL_KEY', text, "File with the client certificate's key."),
    poolSize: setting(
      'VEDETTE_DB_POOL_SIZE',
      integer(10, { min: 2, max: 500 }),
      'Connections that one process keeps.',
    ),
  },
  mail: {
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
      'Send a message about new and reopened events.',
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
      'How long a message is tried again when the mail server cannot be reached.',
    ),
  },
  aws: {
    region: setting('AWS_REGION', text, 'Region of SES.'),
    accessKeyId: setting('AWS_ACCESS_KEY_ID', text, 'Access key for SES.'),
    secretAccessKey: secret('AWS_SECRET_ACCESS_KEY', text, 'Secret of the access key for SES.'),
    sessionToken: secret('AWS_SESSION_TOKEN', text, 'Session token of temporary credentials for SES.'),
    configFile: setting(
      'AWS_CONFIG_FILE',
      text,
      'AWS configuration with the profiles; default `~/.aws/config`.',
    ),
    credentialsFile: setting(
      'AWS_SHARED_CREDENTIALS_FILE',
      text,
      'AWS credentials file; default `~/.aws/credentials`.',
    ),
  },
  temporal: {
    address: setting(
      'TEMPORAL_ADDRESS',
      text,
      'Temporal server, `host:port`; without it an embedded dev server is started or reused.',
    ),
    namespace: setting('TEMPORAL_NAMESPACE', text.pipe(z.string().default('default')), 'Temporal namespace.'),
    apiKey: secret('TEMPORAL_API_KEY', text, 'API key of Temporal Cloud.'),
    tls: setting(
      'TEMPORAL_TLS',
      text,
      'Use TLS, `true` or `false`; on by itself with an API key or a client certificate.',
    ),
    tlsCertPath: setting('TEMPORAL_TLS_CLIENT_CERT_PATH', text, 'File with the client certificate for mTLS.'),
    tlsKeyPath: setting('TEMPORAL_TLS_CLIENT_KEY_PATH', text, "File with the client certificate's key."),
    tlsCaPath: setting(
      'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
      text,
      "File with the server's certificate authority.",
    ),
    tlsServerName: setting(
      'TEMPORAL_TLS_SERVER_NAME',
      text,
      "Name that the server's certificate must carry.",
    ),
    taskQueue: setting(
      'VEDETTE_TASK_QUEUE',
      text.pipe(z.string().default('vedette')),
      'Task queue of the workers.',
    ),
    cli: setting(
      'TEMPORAL_CLI',
      text,
      'The `temporal` executable that the embedded dev server is started with.',
    ),
    port: setting('VEDETTE_TEMPORAL_PORT', port(7233), 'Preferred port of the embedded dev server.'),
    uiPort: setting(
      'VEDETTE_TEMPORAL_UI_PORT',
      port(8233),
      "Preferred port of the embedded dev server's UI.",
    ),
    uiUrl: setting(
      'VEDETTE_TEMPORAL_UI_URL',
      text,
      "Where people reach Temporal's UI, for the links of the dashboard; known by itself for the embedded server.",
    ),
  },
  artifacts: {
    location: setting(
      'VEDETTE_ARTIFACTS',
      text.pipe(
        z
          .string()
          .regex(
            /^(?:file:|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/.*)?)$/,
            'expected file: or s3://bucket/prefix',
          )
          .default('file:'),
      ),
      'Where the steps of a scan leave files for each other: `file:` for `artifacts` in VEDETTE_HOME, or ' +
        '`s3://bucket/prefix`, which every worker sees.',
    ),
    kmsKey: setting(
      'VEDETTE_ARTIFACTS_KMS_KEY',
      text,
      'KMS key that artifacts in S3 are encrypted with; without it the encryption of the bucket holds.',
    ),
    holderWaitMs: setting(
      'VEDETTE_ARTIFACTS_WAIT',
      duration('2m'),
      'With `file:`, how long a scan waits for the worker that holds its files before it begins anew.',
    ),
  },
  worker: {
    concurrency: setting(
      'VEDETTE_WORKER_CONCURRENCY',
      integer(100, { min: 1, max: 1000 }),
      'Steps that one worker process works on at a time; a ScoutSuite scan takes about 400 MB.',
    ),
    deployment: setting(
      'VEDETTE_DEPLOYMENT',
      text.pipe(
        z
          .string()
          .regex(/^[\w-]{1,100}$/, 'expected letters, digits, _ and -')
          .optional(),
      ),
      'Worker deployment of Temporal that a worker belongs to: then a run is finished by workers of the build that ' +
        'began it. Without it workers are not versioned.',
    ),
    buildId: setting(
      'VEDETTE_BUILD_ID',
      text,
      "A worker's build within VEDETTE_DEPLOYMENT; default is the version of vedette.",
    ),
    metricsAddress: setting(
      'VEDETTE_METRICS_ADDRESS',
      listenAddress,
      'Where a worker serves metrics to Prometheus, `host:port`; a port alone is on the loopback interface.',
    ),
    healthAddress: setting(
      'VEDETTE_HEALTH_ADDRESS',
      listenAddress,
      'Where a worker tells whether it works, `host:port`; a port alone is on the loopback interface.',
    ),
  },
  telemetry: {
    otlpEndpoint: setting(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      text,
      "OpenTelemetry collector for runs' traces and workers' metrics; VEDETTE_METRICS_ADDRESS goes first for metrics.",
    ),
    tracesEndpoint: setting(
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      text,
      'Where traces go instead; taken as it is, so with `/v1/traces` for http/protobuf.',
    ),
    otlpProtocol: setting(
      'OTEL_EXPORTER_OTLP_PROTOCOL',
      choice(['http/protobuf', 'grpc'], 'http/protobuf'),
      'How to speak to the collector.',
    ),
    otlpHeaders: secret(
      'OTEL_EXPORTER_OTLP_HEADERS',
      headers,
      'Headers for the collector, `name=value`, comma-separated.',
    ),
    tracesExporter: setting(
      'OTEL_TRACES_EXPORTER',
      choice(['otlp', 'none'], 'otlp'),
      'Whether traces go to the collector.',
    ),
    metricsExporter: setting(
      'OTEL_METRICS_EXPORTER',
      choice(['otlp', 'none'], 'otlp'),
      'Whether metrics go to the collector.',
    ),
    serviceName: setting(
      'OTEL_SERVICE_NAME',
      text.pipe(z.string().default('vedette')),
      'What traces call this service.',
    ),
  },
  api: {
    address: setting(
      'VEDETTE_API_ADDRESS',
      listenAddress.transform((value) => value ?? '127.0.0.1:8250'),
      'Where the API and the dashboard are served, `host:port`; a port alone is on the loopback interface.',
    ),
    publicUrl: setting(
      'VEDETTE_PUBLIC_URL',
      text.pipe(z.url({ protocol: /^https?$/, error: 'expected http://… or https://…' }).optional()),
      'How browsers reach the dashboard where a proxy stands before it, e.g. `https://vedette.example.com`.',
    ),
    trustedProxies: setting(
      'VEDETTE_TRUSTED_PROXIES',
      list,
      'Addresses or networks of proxies that say whom they ask for (`X-Forwarded-For`), comma-separated.',
    ),
    requestsPerMinute: setting(
      'VEDETTE_API_RATE_LIMIT',
      integer(1200, { min: 10, max: 1_000_000 }),
      'Requests that one client address may send to the API in a minute.',
    ),
  },
  scoutsuite: scoutsuiteSettings,
} as const;

export type Config = { [Group in keyof typeof settings]: Values<(typeof settings)[Group]> };
