import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silent } from '../../../src/log.ts';
import { packageRoot } from '../../../src/package-root.ts';
import { identify } from '../../../src/processes/identity.ts';
import { loadConfig } from '../../../src/settings.ts';
import type { ConfigOverrides } from '../../../src/settings.ts';
import { collectWithScoutSuite } from '../../../src/sources/scoutsuite/collect.ts';
import { collectInput } from '../../support/collect-input.ts';

const RECORDED = join(packageRoot(), 'simulated-aws', 'recorded-scout.js');
let folder: string;
let scanFolder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-collect-'));
  scanFolder = join(folder, 'scan');
  mkdirSync(scanFolder);
});

interface Attempt {
  command: string;
  target?: { profile?: string; accountId?: string };
  scoutsuite?: ConfigOverrides['scoutsuite'];
  awsConfig?: string;
  signal?: AbortSignal;
  onProgress?: (line: string) => void;
}

async function collect(attempt: Attempt) {
  const configFile = join(folder, 'config');
  writeFileSync(configFile, attempt.awsConfig ?? '[profile acme]\nregion = us-east-1\n');
  const scoutsuite = { command: attempt.command, ...attempt.scoutsuite };
  const { config } = loadConfig({ aws: { configFile }, scoutsuite }, folder);
  return collectWithScoutSuite(
    await collectInput(config, {
      profile: 'acme',
      ...attempt.target,
      options: { services: [], regions: [], initial: false },
      folder: scanFolder,
    }),
    {
      signal: attempt.signal ?? new AbortController().signal,
      onProgress: attempt.onProgress ?? (() => undefined),
      logger: silent,
    },
  );
}

/** A scanner of our own, as a shell script; `$REPORT` is the report folder. */
function scanner(script: string): string {
  const file = join(folder, 'scanner.sh');
  writeFileSync(
    file,
    `#!/bin/sh\nfor arg; do case $arg in --report-dir=*) REPORT=\${arg#*=};; esac; done\n${script}\n`,
  );
  chmodSync(file, 0o755);
  return file;
}

async function waitFor(file: string): Promise<string> {
  while (!existsSync(file) || readFileSync(file, 'utf8').trim() === '') await sleep(20);
  return readFileSync(file, 'utf8').trim();
}

function isGone(pid: number): boolean {
  return identify(pid) === undefined;
}

describe('a scan that works', () => {
  test('gives the results file, the account and the exit code', async () => {
    const collected = await collect({ command: RECORDED, target: { accountId: '111111111111' } });
    expect(collected).toMatchObject({ accountId: '111111111111', exitCode: 0 });
    expect(readFileSync(collected.file, 'utf8')).toMatch(/^scoutsuite_results =/);
  });

  test('exit code 200 is one too', async () => {
    const awsConfig = '[profile acme]\nrecorded_account = 222222222222\nsso_account_id = 123456789012\n';
    for (const exitCode of [0, 0, 200]) {
      expect(await collect({ command: RECORDED, awsConfig })).toMatchObject({
        accountId: '123456789012',
        exitCode,
      });
    }
    expect(existsSync(join(scanFolder, 'scoutsuite-results', 'scoutsuite_errors_scan.json'))).toBe(true);
  });

  test('starts in a fresh folder', async () => {
    writeFileSync(join(scanFolder, 'left-over'), '');
    await collect({ command: RECORDED });
    expect(existsSync(join(scanFolder, 'left-over'))).toBe(false);
  });

  test('a profile may have any name', async () => {
    const profile = '-x "a b"; $(touch y)';
    const awsConfig = `[profile ${profile}]\nregion = us-east-1\n`;
    expect(await collect({ command: RECORDED, awsConfig, target: { profile } })).toMatchObject({
      exitCode: 0,
    });
  });
});

describe('what the scanner is given', () => {
  const secrets = { DB_PASSWORD: 'db-secret', SMTP_PASSWORD: 'smtp-secret', TEMPORAL_API_KEY: 'api-secret' };
  const passed = {
    AWS_CA_BUNDLE: '/ca.pem',
    HTTPS_PROXY: 'http://proxy:1',
    no_proxy: 'localhost',
    LC_ALL: 'C.UTF-8',
  };
  const before = { ...process.env };
  beforeEach(() => {
    Object.assign(process.env, secrets, passed);
  });
  afterEach(() => {
    for (const name of [...Object.keys(secrets), ...Object.keys(passed)]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  test('no secret of ours, and no stdin to wait on', async () => {
    const command = scanner(
      `env > ${folder}/env; cat > ${folder}/stdin; printf '%s\\n' "$@" > ${folder}/args; exit 104`,
    );
    await expect(collect({ command })).rejects.toMatchObject({ exitCode: 104 });
    const environment = readFileSync(join(folder, 'env'), 'utf8');
    for (const [name, value] of Object.entries(secrets)) {
      expect(environment).not.toContain(name);
      expect(environment).not.toContain(value);
    }
    for (const [name, value] of Object.entries(passed)) expect(environment).toContain(`${name}=${value}`);
    expect(environment).toContain(`AWS_CONFIG_FILE=${folder}/config`);
    expect(environment).toContain('PYTHONUNBUFFERED=1');
    expect(readFileSync(join(folder, 'stdin'), 'utf8')).toBe('');
    const args = readFileSync(join(folder, 'args'), 'utf8').split('\n');
    expect(args).toEqual(expect.arrayContaining(['aws', '--no-browser', '--force', '--profile=acme']));
  });
});

describe('a scan that fails', () => {
  test.each([
    ['104', 'scanner-failed', /gathering data/],
    ['101', 'credentials', /^Authentication failure/],
  ])('exit code %s is %s', async (code, type, message) => {
    const awsConfig = `[profile acme]\nrecorded_exit_code = ${code}\n`;
    const failure = collect({ command: RECORDED, awsConfig });
    await expect(failure).rejects.toMatchObject({
      type,
      exitCode: Number(code),
      message: expect.stringMatching(message),
    });
  });

  test.each([
    ['no such program', () => join(folder, 'nothing'), 'scanner-missing'],
    [
      'wrong usage',
      () => scanner('echo "scout: error: unrecognized arguments: --x" >&2; exit 2'),
      'config-invalid',
    ],
    ['full disk', () => scanner('echo "OSError: [Errno 28] No space left on device"; exit 109'), 'disk-full'],
    ['killed by somebody', () => scanner('kill -KILL $$'), 'scanner-failed'],
    ['nothing left', () => scanner('exit 0'), 'results-missing'],
    [
      'half a file',
      () =>
        scanner(
          'mkdir -p $REPORT/scoutsuite-results; echo "scoutsuite_results =\n{\\"account_id\\": " > $REPORT/scoutsuite-results/scoutsuite_results_scan.js',
        ),
      'results-invalid',
    ],
  ])('%s', async (_, command, type) => {
    await expect(collect({ command: command() })).rejects.toMatchObject({ type });
  });

  test('an empty report is refused', async () => {
    const awsConfig = '[profile acme]\nrecorded_empty = true\n';
    await expect(collect({ command: RECORDED, awsConfig })).rejects.toMatchObject({ type: 'scan-empty' });
  });

  test('results of an earlier time are refused', async () => {
    const recorded = join(packageRoot(), 'simulated-aws/recorded/scoutsuite_results_aws-111111111111-1.js');
    const command = scanner(
      `mkdir -p $REPORT/scoutsuite-results; cp '${recorded}' $REPORT/scoutsuite-results/scoutsuite_results_scan.js`,
    );
    await expect(collect({ command })).rejects.toMatchObject({ type: 'scan-mismatch' });
  });

  test('keeps its last twenty lines, without colour and without secrets', async () => {
    const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const hash = '68dcc047c3da5bbbc3f3e9d54000b7357f0e507e';
    const command = scanner(
      `for i in $(seq 30); do echo "line $i"; done; printf '\\033[31mkey ${key} ${hash}\\033[0m\\n' >&2; sleep 0.2; echo 'session_token=abc123'; exit 104`,
    );
    const error = await collect({ command }).then(
      () => undefined,
      (reason: unknown) => reason as { lastLines: string[] },
    );
    expect(error?.lastLines).toHaveLength(20);
    expect(error?.lastLines.slice(-2)).toEqual([`key [redacted] ${hash}`, 'session_token=[redacted]']);
  });
});

test('a scanner that is over has failed by its exit code, also when an agent that it started holds its output', async () => {
  const command = scanner(
    `setsid sleep 300 & echo $! > ${folder}/agent; echo 'CRITICAL Authentication failure: the session is over' >&2; exit 101`,
  );
  await expect(collect({ command })).rejects.toMatchObject({ type: 'credentials', exitCode: 101 });
  process.kill(Number(await waitFor(join(folder, 'agent'))), 'SIGKILL');
});

describe('a scan that must end', () => {
  test('by the time-out', async () => {
    const command = scanner(`sleep 300 & echo $! > ${folder}/child; echo busy; wait`);
    await expect(collect({ command, scoutsuite: { timeoutMs: '1s' } })).rejects.toMatchObject({
      type: 'scanner-timed-out',
      message: expect.stringContaining('busy'),
    });
    expect(isGone(Number(readFileSync(join(folder, 'child'), 'utf8')))).toBe(true);
  });

  test('by the signal: TERM, then KILL, for the whole group; the reason is thrown', async () => {
    const abort = new AbortController();
    const command = scanner(
      `trap '' TERM; sleep 300 & echo $! > ${folder}/child; echo $$ > ${folder}/leader; wait; sleep 300`,
    );
    const running = collect({ command, signal: abort.signal });
    const [child, leader] = [await waitFor(join(folder, 'child')), await waitFor(join(folder, 'leader'))];
    const reason = new Error('cancelled');
    abort.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(isGone(Number(child))).toBe(true);
    expect(isGone(Number(leader))).toBe(true);
  }, 20_000);

  test('because the worker that started it was killed', async () => {
    const orphan = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
    const ended = new Promise((resolve) => orphan.once('exit', resolve));
    writeFileSync(join(scanFolder, 'scanner.json'), JSON.stringify(identify(orphan.pid as number)));
    await collect({ command: RECORDED });
    await ended;
    expect(orphan.signalCode).toBe('SIGTERM');
  });

  test('but not because another program has its number', async () => {
    const other = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
    writeFileSync(
      join(scanFolder, 'scanner.json'),
      JSON.stringify({ pid: other.pid, startedAt: 'once upon a time' }),
    );
    await collect({ command: RECORDED });
    expect(other.signalCode).toBeNull();
    other.kill();
  });
});

test('a silent scanner gives signs of life', async () => {
  const told: string[] = [];
  const command = scanner('echo begun; sleep 6; exit 104');
  await expect(collect({ command, onProgress: (line) => told.push(line) })).rejects.toMatchObject({
    exitCode: 104,
  });
  expect(told).toEqual(['begun (0 s)', 'begun (5 s)']);
}, 20_000);
