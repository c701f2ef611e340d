import type { TLSConfig } from '@temporalio/client';
import { VedetteError } from '../errors.ts';
import { readRegularFile } from '../regular-file.ts';
import type { Config } from '../settings.ts';

/** Where a Temporal server is and how to prove who we are; the same for clients and workers. */
export interface TemporalConnectionOptions {
  address: string;
  tls?: TLSConfig;
  apiKey?: string;
}

/** @throws VedetteError `config-invalid` when a certificate file cannot be read. */
export async function temporalConnectionOptions(
  { temporal }: Config,
  address: string,
): Promise<TemporalConnectionOptions> {
  const options: TemporalConnectionOptions = { address };
  if (temporal.apiKey !== undefined) options.apiKey = temporal.apiKey;
  const certificate = temporal.tlsCertPath !== undefined;
  const wanted = temporal.tls?.toLowerCase();
  if (wanted === 'false' || (wanted === undefined && !certificate && temporal.apiKey === undefined))
    return options;
  options.tls = {
    ...(temporal.tlsServerName === undefined ? {} : { serverNameOverride: temporal.tlsServerName }),
    ...(temporal.tlsCaPath === undefined
      ? {}
      : { serverRootCACertificate: pem('TEMPORAL_TLS_SERVER_CA_CERT_PATH', temporal.tlsCaPath) }),
    ...(certificate
      ? {
          clientCertPair: {
            crt: pem('TEMPORAL_TLS_CLIENT_CERT_PATH', temporal.tlsCertPath),
            key: pem('TEMPORAL_TLS_CLIENT_KEY_PATH', temporal.tlsKeyPath),
          },
        }
      : {}),
  };
  return options;
}

function pem(setting: string, file: string | undefined): Buffer {
  if (file === undefined) throw new VedetteError('config-invalid', `${setting} is not set.`);
  return Buffer.from(readRegularFile(file, { setting }));
}
