import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { findOrInstall } from './programs.ts';

interface Login {
  user: string;
  password: string;
}

/** How tests reach a server. */
export interface ServerDetails {
  host: string;
  port: number;
  /** May do everything, without TLS. */
  plain: Login;
}

export interface MariaDbDetails extends ServerDetails {
  /** REQUIRE X509. */
  x509: Login;
  /** May log in, and nothing else. */
  powerless: Login;
  /** Files; `otherCa` has signed nothing here. */
  tls: { ca: string; clientCert: string; clientKey: string; otherCa: string };
}

export interface MariaDb {
  details: MariaDbDetails;
  /** Kills the server, as a crash would, and starts it again on the same data after a pause. */
  crash(pauseMs: number): Promise<void>;
  /** Stops the server in its tracks: connections stay open, and nothing answers until it goes on. */
  freeze(forMs: number): Promise<void>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const PACKAGE = {
  title: 'a MariaDB server',
  debianPackage: 'mariadb-server',
  elsewhere: 'mariadb (Homebrew, Arch)',
};
const SERVER = { ...PACKAGE, names: ['mariadbd', 'mysqld'] };
const INSTALLER = { ...PACKAGE, names: ['mariadb-install-db', 'mysql_install_db'] };

/** The server that jest's global set-up started. */
export function mariaDbServer(): MariaDbDetails {
  const details = process.env['VEDETTE_TEST_MARIADB'];
  if (details === undefined)
    throw new Error('The tests run without jest.config.js: its globalSetup starts MariaDB.');
  return JSON.parse(details) as MariaDbDetails;
}

/**
 * Starts a MariaDB of its own, with an empty data folder in the temporary folder and a free port of the loopback interface.
 * Where the server is missing, root on Debian installs it; elsewhere this fails and names the package.
 *
 * @param settings Options of the server, beside or instead of those for tests.
 */
export async function startMariaDb(settings: readonly string[] = []): Promise<MariaDb> {
  const server = findOrInstall(SERVER);
  const installer = findOrInstall(INSTALLER);
  const folder = mkdtempSync(join(tmpdir(), 'vedette-mariadb-'));
  const data = join(folder, 'data');
  const asUser = process.getuid?.() === 0 ? ['--user=root'] : [];
  // Servers that share a folder for temporary tables remove those of each other.
  const common = ['--no-defaults', `--datadir=${data}`, `--tmpdir=${folder}`, ...asUser];
  execFileSync(installer, [...common, '--skip-test-db', '--auth-root-authentication-method=normal'], {
    stdio: 'pipe',
  });
  const tls = makeCertificates(folder);
  const port = await freePort();
  const socket = join(folder, 'mariadb.sock');
  const log = join(folder, 'error.log');
  const args = [
    ...common,
    `--port=${port}`,
    `--socket=${socket}`,
    `--pid-file=${join(folder, 'mariadb.pid')}`,
    `--log-error=${log}`,
    '--bind-address=127.0.0.1',
    `--ssl-ca=${tls.ca}`,
    `--ssl-cert=${join(folder, 'server-cert.pem')}`,
    `--ssl-key=${join(folder, 'server-key.pem')}`,
    '--innodb-buffer-pool-size=256M',
    '--innodb-flush-log-at-trx-commit=2',
    '--skip-name-resolve',
    ...settings,
  ];
  const launch = () => spawn(server, args, { stdio: 'ignore' });
  let child = launch();
  const stop = async (): Promise<void> => {
    await killServer(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const crash = async (pauseMs: number): Promise<void> => {
    await killServer(child);
    await sleep(pauseMs);
    child = launch();
    await (await connectAsRoot(child, socket, log)).end();
  };
  const freeze = async (forMs: number): Promise<void> => {
    child.kill('SIGSTOP');
    await sleep(forMs);
    child.kill('SIGCONT');
  };
  try {
    const connection = await connectAsRoot(child, socket, log);
    const details: MariaDbDetails = {
      host: '127.0.0.1',
      port,
      plain: { user: 'plain', password: 'plain password' },
      x509: { user: 'certified', password: 'certified password' },
      powerless: { user: 'powerless', password: 'powerless password' },
      tls,
    };
    await createUsers(connection, details);
    await connection.end();
    return { details, crash, freeze, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export async function createPlainUser(connection: Connection, { user, password }: Login): Promise<void> {
  await connection.query("CREATE USER ?@'%' IDENTIFIED BY ?", [user, password]);
  await connection.query("GRANT ALL PRIVILEGES ON *.* TO ?@'%' WITH GRANT OPTION", [user]);
}

async function createUsers(
  connection: Connection,
  { plain, x509, powerless }: MariaDbDetails,
): Promise<void> {
  await createPlainUser(connection, plain);
  await connection.query("CREATE USER ?@'%' IDENTIFIED BY ? REQUIRE X509", [x509.user, x509.password]);
  await connection.query("GRANT ALL PRIVILEGES ON *.* TO ?@'%'", [x509.user]);
  await connection.query("CREATE USER ?@'%' IDENTIFIED BY ?", [powerless.user, powerless.password]);
}

/** As soon as the server answers. */
export async function connectAsRoot(
  child: ChildProcess,
  socketPath: string,
  log: string,
): Promise<Connection> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      return await createConnection({ socketPath, user: 'root' });
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) {
        const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-15).join('\n') : '';
        throw new Error(`The server did not start:\n${lines}`, { cause: error });
      }
    }
    await sleep(50);
  }
}

export async function killServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill('SIGKILL');
  await ended;
}

function makeCertificates(folder: string): MariaDbDetails['tls'] {
  const ca = makeCa(folder, 'ca', 'Test CA');
  const otherCa = makeCa(folder, 'other-ca', 'Another CA');
  sign(folder, 'server', 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  sign(folder, 'client', 'extendedKeyUsage=clientAuth');
  return {
    ca,
    otherCa,
    clientCert: join(folder, 'client-cert.pem'),
    clientKey: join(folder, 'client-key.pem'),
  };
}

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function makeCa(folder: string, name: string, commonName: string): string {
  const file = join(folder, `${name}.pem`);
  const key = join(folder, `${name}-key.pem`);
  openssl('req', '-x509', ...CURVE, '-days', '2', '-subj', `/CN=${commonName}`, '-keyout', key, '-out', file);
  return file;
}

function sign(folder: string, name: string, extension: string): void {
  const at = (file: string) => join(folder, file);
  const request = at(`${name}.csr`);
  openssl('req', '-new', ...CURVE, '-subj', `/CN=${name}`, '-keyout', at(`${name}-key.pem`), '-out', request);
  writeFileSync(at(`${name}.ext`), extension);
  const signer = [
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca-key.pem'),
    '-CAcreateserial',
    '-extfile',
    at(`${name}.ext`),
  ];
  openssl('x509', '-req', '-days', '2', '-in', request, ...signer, '-out', at(`${name}-cert.pem`));
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
