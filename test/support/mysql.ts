import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/settings.ts';
import { connectAsRoot, createPlainUser, freePort, killServer } from './mariadb.ts';
import type { ServerDetails } from './mariadb.ts';
import { findProgram } from './programs.ts';

/** How to start the server: from Debian's packages with the C library that they were made for. */
interface Installation {
  command: string;
  args: readonly string[];
  /** A data folder as `--initialize` leaves it. */
  emptyData: string;
}

export interface MySql {
  details: ServerDetails;
  stop(): Promise<void>;
}

/** Where Debian keeps MySQL: its stable releases have MariaDB only. */
const SUITE = 'sid';
const PACKAGE = 'mysql-server-core';

/** The server that jest's global set-up started. */
export function mySqlServer(): ServerDetails {
  const details = process.env['VEDETTE_TEST_MYSQL'];
  if (details === undefined)
    throw new Error('The tests run without jest.config.js: its globalSetup starts MySQL.');
  return JSON.parse(details) as ServerDetails;
}

/**
 * Brings a MySQL server of its own: Debian's packages, unpacked beside the other tools of the tests, where MariaDB and the
 * machine's own libraries are left alone. Needs no root. Milliseconds when it is there.
 */
export function installMySql(): Installation {
  const folder = join(loadConfig({}, tmpdir()).config.general.home, 'mysql');
  if (!existsSync(folder)) {
    if (findProgram(['apt-get']) === undefined || findProgram(['dpkg']) === undefined)
      throw new Error(
        `The tests need a MySQL server, which they take from Debian's packages: without apt-get and dpkg, make a ` +
          `folder ${folder} with root/usr/sbin/mysqld in it, and its empty data folder, data.`,
      );
    console.error('The tests need a MySQL server: unpacking that of Debian …');
    const partial = mkdtempSync(`${folder}-`);
    try {
      unpack(partial);
      initialise(partial);
      // Another process may have been faster.
      if (!existsSync(folder)) renameSync(partial, folder);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return installationIn(folder);
}

/** Starts a MySQL with an empty data folder in the temporary folder and a free port of the loopback interface. */
export async function startMySql(settings: readonly string[] = []): Promise<MySql> {
  const { command, args, emptyData } = installMySql();
  const folder = mkdtempSync(join(tmpdir(), 'vedette-mysql-'));
  const data = join(folder, 'data');
  cpSync(emptyData, data, { recursive: true });
  const port = await freePort();
  const socket = join(folder, 'socket');
  const log = join(folder, 'error.log');
  const own = [
    `--datadir=${data}`,
    `--tmpdir=${folder}`,
    `--port=${port}`,
    `--socket=${socket}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--log-error=${log}`,
    '--bind-address=127.0.0.1',
    '--mysqlx=OFF',
    '--performance-schema=OFF',
    '--disable-log-bin',
    '--innodb-buffer-pool-size=256M',
    '--innodb-flush-log-at-trx-commit=2',
    '--skip-name-resolve',
    ...settings,
  ];
  const child = spawn(command, [...args, ...own], { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    await killServer(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const root = await connectAsRoot(child, socket, log);
    const plain = { user: 'plain', password: 'plain password' };
    await createPlainUser(root, plain);
    await root.end();
    return { details: { host: '127.0.0.1', port, plain }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Has apt find and check the packages in a state of its own, as if nothing were installed. */
function unpack(folder: string): void {
  const apt = join(folder, 'apt');
  for (const path of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(apt, path), { recursive: true });
  writeFileSync(join(apt, 'status'), '');
  writeFileSync(join(apt, 'sources.list'), `deb [signed-by=${keyring()}] ${mirror()} ${SUITE} main\n`);
  const options = [
    '-qq',
    `-oDir::Etc::sourcelist=${apt}/sources.list`,
    '-oDir::Etc::sourceparts=-',
    `-oDir::State::lists=${apt}/lists`,
    `-oDir::State::status=${apt}/status`,
    `-oDir::Cache=${apt}/cache`,
    '-oDebug::NoLocking=1',
    '-oAPT::Install-Recommends=false',
    // Root would hand the downloads to a user who cannot enter the folder.
    '-oAPT::Sandbox::User=root',
  ];
  const run = (command: string, args: readonly string[]) =>
    execFileSync(command, args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  run('apt-get', [...options, 'update']);
  run('apt-get', [...options, '-y', '--download-only', 'install', PACKAGE]);
  const archives = join(apt, 'cache', 'archives');
  for (const file of readdirSync(archives).filter((name) => name.endsWith('.deb')))
    run('dpkg', ['-x', join(archives, file), join(folder, 'root')]);
  rmSync(apt, { recursive: true });
}

function initialise(folder: string): void {
  const { command, args, emptyData } = installationIn(folder);
  execFileSync(command, [...args, `--datadir=${emptyData}`, '--initialize-insecure'], { stdio: 'pipe' });
}

function installationIn(folder: string): Installation {
  const root = join(folder, 'root');
  const usr = join(root, 'usr');
  const libraries = execFileSync('find', [
    root,
    '-type',
    'd',
    '(',
    '-name',
    '*-linux-gnu',
    '-o',
    '-path',
    '*/mysql/private',
    ')',
  ]);
  const [loader] = execFileSync('find', [root, '-name', 'ld-linux-*.so.*']).toString().split('\n');
  return {
    command: loader ?? '',
    args: [
      '--library-path',
      libraries.toString().trim().replaceAll('\n', ':'),
      join(usr, 'sbin', 'mysqld'),
      '--no-defaults',
      `--user=${userInfo().username}`,
      `--basedir=${usr}`,
      `--lc-messages-dir=${join(usr, 'share', 'mysql')}`,
      '--secure-file-priv=NULL',
      '--innodb-redo-log-capacity=64M',
    ],
    emptyData: join(folder, 'data'),
  };
}

/** That of the machine, where it is a Debian. */
function mirror(): string {
  const sources = ['/etc/apt/sources.list', ...filesIn('/etc/apt/sources.list.d')];
  const text = sources.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n');
  return /https?:\/\/\S+\/debian(?=\/?\s)/.exec(text)?.[0] ?? 'http://deb.debian.org/debian';
}

function keyring(): string {
  const file = '/usr/share/keyrings/debian-archive-keyring.gpg';
  if (existsSync(file)) return file;
  throw new Error('The tests need the keys of Debian: install the package debian-archive-keyring.');
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
