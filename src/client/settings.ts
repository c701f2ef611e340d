import { z } from 'zod';
import { secret, setting, trusted } from '../config/setting.ts';
import { port, text } from '../config/types.ts';

export const temporalSettings = {
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
  tlsServerName: setting('TEMPORAL_TLS_SERVER_NAME', text, "Name that the server's certificate must carry."),
  taskQueue: setting(
    'VEDETTE_TASK_QUEUE',
    text.pipe(z.string().default('vedette')),
    'Task queue of the workers.',
  ),
  cli: trusted(
    'TEMPORAL_CLI',
    text,
    'The `temporal` executable that the embedded dev server is started with.',
  ),
  port: setting('VEDETTE_TEMPORAL_PORT', port(7233), 'Preferred port of the embedded dev server.'),
  uiPort: setting('VEDETTE_TEMPORAL_UI_PORT', port(8233), "Preferred port of the embedded dev server's UI."),
  uiUrl: setting(
    'VEDETTE_TEMPORAL_UI_URL',
    text,
    "Where people reach Temporal's UI, for the links of the dashboard; known by itself for the embedded server.",
  ),
};
