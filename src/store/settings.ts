import { z } from 'zod';
import { secret, setting } from '../config/setting.ts';
import { flag, integer, port, text } from '../config/types.ts';

export const databaseSettings = {
  host: setting('DB_HOST', text, 'MySQL or MariaDB server; without it the embedded SQLite database is used.'),
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
};
