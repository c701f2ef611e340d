import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureTemporal } from '../../src/embedded/temporal-executable.ts';
import { loadConfig } from '../../src/settings.ts';
import { createCliHome, normalised, startProgram, until, VEDETTE } from '../support/cli.ts';
import type { CliHome, CliResult, RunningCli } from '../support/cli.ts';
import { startSmtpSink } from '../support/smtp.ts';
import type { SmtpSink } from '../support/smtp.ts';

interface Run {
  runId: string;
  status: string;
  accounts: {
    profile: string;
    outcome: string;
    error: { type: string } | null;
    scan: { notified: number } | null;
  }[];
}

/** How long a `vedette up` may run beside the tests of a whole suite. */
const SUITE_MS = 300_000;
/** Events of the first recorded scan whose level a message is sent about. */
const MESSAGED = 537;

const PROFILES = {
  good: { recorded_account: '111111111111' },
  other: { recorded_account: '222222222222' },
  failing: { recorded_exit_code: '104' },
  locked: { recorded_exit_code: '101' },
  void: { recorded_empty: 'true' },
  hanging: { recorded_hang: 'true' },
};

let cli: string;
beforeAll(async () => {
  cli = await ensureTemporal(loadConfig().config);
}, 60_000);

function newHome(port: number): CliHome {
  const ports = { VEDETTE_TEMPORAL_PORT: String(port), VEDETTE_TEMPORAL_UI_PORT: String(port + 1000) };
  const home = createCliHome({ TEMPORAL_CLI: cli, ...ports });
  home.profiles(PROFILES);
  return home;
}

const runOf = ({ stdout }: CliResult) => JSON.parse(stdout) as Run;

/** Process that runs the stack. */
function supervisorOf({ home }: CliHome): number {
  const state = JSON.parse(readFileSync(join(home, 'run', 'stack.json'), 'utf8')) as {
    supervisor: { pid: number };
  };
  return state.supervisor.pid;
}

/** Processes that have something to do with this folder. */
function processesOf({ folder }: CliHome): string[] {
  const all = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(folder));
}

describe('beside a running vedette up', () => {
  let home: CliHome;
  let up: RunningCli;
  let sink: SmtpSink;
  let refusing: SmtpSink;

  beforeAll(async () => {
    home = newHome(27_233);
    sink = await startSmtpSink();
    const mail = {
      ENABLE_EMAIL_NOTIFICATIONS: 'true',
      EMAIL_RECIPIENTS: 'security@example.com',
      SMTP_HOST: 'localhost',
      SMTP_PORT: String(sink.port),
      SMTP_FROM: 'vedette@example.com',
      VEDETTE_SMTP_CA: sink.caFile,
    };
    up = home.start(['up'], mail, SUITE_MS);
    await until(() => up.told().includes('Ready.'), 'vedette up');
  }, 40_000);

  afterAll(async () => {
    up.child.kill('SIGINT');
    const { code } = await up.ended;
    await sink.stop();
    await refusing?.stop();
    const left = processesOf(home);
    home.remove();
    expect({ code, left }).toEqual({ code: 0, left: [] });
  }, 30_000);

  test('scan run -o json: the run as documented, exit code 0, one message', async () => {
    const result = await home.run(['scan', 'run', '--account', 'good', '-o', 'json']);
    expect(result.code).toBe(0);
    expect(normalised(result.stdout, home, { times: true })).toMatchSnapshot();
    expect(runOf(result).accounts[0]?.scan?.notified).toBe(MESSAGED);
    expect(sink.received).toHaveLength(1);
    expect(sink.received[0]).toMatchObject({ recipients: ['security@example.com'], secure: true });
  }, 30_000);

  test('--fail-on: exit code 3 when an active event is as grave', async () => {
    const args = ['scan', 'run', '--account', 'good', '--fail-on', 'high'];
    const { code, stdout, stderr } = await home.run(args);
    expect(code).toBe(3);
    // After the documented summary: what was found, and where to look.
    expect(stdout).toMatch(/\n={60}\ngood {2}\+\d+ new {2}\d+ fixed.* {2}\d+ critical active\n$/);
    expect(stderr).toMatch(/vedette event list --run run-\S+ --status active --level critical,high\n/);
    expect(stderr).toMatch(/http:\/\/127\.0\.0\.1:\d+\/runs\/run-/);
    expect(stderr).toMatch(/ and took \d+ s\.\n/);
  }, 30_000);

  test('credentials that are refused: exit code 4, and the failure message', async () => {
    const before = sink.received.length;
    const result = await home.run(['scan', 'run', '--account', 'locked']);
    expect(result.code).toBe(4);
    expect(normalised(result.stdout, home, { times: true })).toMatchSnapshot('stdout');
    expect(normalised(result.stderr, home)).toContain('locked → ');
    const [mail] = sink.received.slice(before);
    expect(mail?.raw.toString()).toMatch(
      /^Subject: ScoutSuite Runner Failures - \d{4}-\d\d-\d\d \d\d:\d\d\r$/m,
    );
  }, 30_000);

  test('some accounts fail: exit code 5, the others are done; scan retry takes the failed ones', async () => {
    const args = ['--account', 'other,void', '--multithread', '2', '-o', 'json'];
    const result = await home.run(['scan', 'run', ...args]);
    expect(result.code).toBe(5);
    const { runId, accounts } = runOf(result);
    expect(accounts.map(({ outcome }) => outcome)).toEqual(['success', 'failed-scan']);
    expect(accounts[1]?.error?.type).toBe('scan-empty');
    const retried = await home.run(['scan', 'retry', runId, '-o', 'json']);
    expect(retried.code).toBe(1);
    expect(runOf(retried).accounts.map(({ profile }) => profile)).toEqual(['void']);
  }, 40_000);

  test('what cannot be scanned is refused before anything starts', async () => {
    const unknown = await home.run(['scan', 'run', '--account', 'nobody']);
    expect(unknown).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('nobody') });
    const choice = await home.run(['scan', 'run']);
    expect(choice).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--account') });
    const empty = createCliHome();
    expect(await empty.run(['scan', 'run', '--all'])).toMatchObject({ code: 6, stdout: '' });
    expect(existsSync(empty.home)).toBe(false);
    empty.remove();
  }, 30_000);

  test('a service or region that does not exist is named', async () => {
    const [service, region] = await Promise.all([
      home.run(['scan', 'run', '--account', 'good', '--services', 'nosuch']),
      home.run(['scan', 'run', '--account', 'other', '--regions', 'mars-1']),
    ]);
    expect(service.code).toBe(2);
    expect(service.stderr).toContain('nosuch');
    expect(region.code).toBe(2);
    expect(region.stderr).toContain('mars-1');
  }, 30_000);

  test('--detach prints the id; show, list, cancel', async () => {
    const started = await home.run(['scan', 'run', '--account', 'hanging', '--detach', '-o', 'json']);
    expect(started.code).toBe(0);
    const { runId } = JSON.parse(started.stdout) as { runId: string };
    const retried = await home.run(['scan', 'retry', runId]);
    expect(retried).toMatchObject({ code: 2, stderr: expect.stringContaining('is not over yet') });
    const live = JSON.parse((await home.run(['scan', 'show', runId, '-o', 'json'])).stdout) as object;
    expect(live).toMatchObject({
      runId,
      status: 'running',
      accounts: [{ profile: 'hanging', outcome: null }],
    });
    const following = home.start(['scan', 'show', runId, '--follow', '-o', 'json']);
    const cancelled = await home.run(['scan', 'cancel', runId]);
    expect(cancelled.code).toBe(0);
    expect(normalised(cancelled.stdout, home, { times: true })).toMatchSnapshot('cancel');
    const followed = await following.ended;
    expect(followed.code).toBe(130);
    expect(runOf(followed)).toMatchObject({ runId, status: 'interrupted' });
    const again = await home.run(['scan', 'cancel', runId]);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is over already') });
    const list = await home.run(['scan', 'list', '--limit', '50', '-o', 'json']);
    const { runs } = JSON.parse(list.stdout) as { runs: { runId: string; status: string }[] };
    expect(runs).toContainEqual(
      expect.objectContaining({ runId, status: 'interrupted', outcome: 'interrupted' }),
    );
    const unknown = await home.run(['scan', 'show', 'run-of-nobody']);
    expect(unknown).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no run run-of-nobody'),
    });
  }, 60_000);

  test('doctor -o json: every part with its status, exit code 1 as no profile can sign in', async () => {
    const { code, stdout } = await home.run(['doctor', '-o', 'json'], { AWS_EC2_METADATA_DISABLED: 'true' });
    expect(code).toBe(1);
    const { healthy, checks } = JSON.parse(stdout) as {
      healthy: boolean;
      checks: { name: string; status: string; detail: string; remedy: string | null }[];
    };
    expect(healthy).toBe(false);
    const statuses = Object.fromEntries(checks.map(({ name, status }) => [name, status]));
    expect(statuses).toMatchObject({
      scanner: 'ok',
      database: 'ok',
      mail: 'off',
      temporal: 'ok',
      worker: 'ok',
    });
    for (const { status, remedy } of checks) expect(remedy === null).toBe(status !== 'broken');
  }, 40_000);

  test('a mail server that refuses: a warning, the import is done, and nothing is marked', async () => {
    refusing = await startSmtpSink({ mode: 'reject' });
    const other = createCliHome({
      ENABLE_EMAIL_NOTIFICATIONS: 'true',
      EMAIL_RECIPIENTS: 'security@example.com',
      SMTP_HOST: 'localhost',
      SMTP_PORT: String(refusing.port),
      SMTP_FROM: 'vedette@example.com',
      VEDETTE_SMTP_CA: refusing.caFile,
    });
    const file = (number: number) =>
      join(
        VEDETTE,
        '..',
        '..',
        'simulated-aws',
        'recorded',
        `scoutsuite_results_aws-222222222222-${number}.js`,
      );
    const refused = await other.run(['import', file(1), '-o', 'json']);
    expect(refused.code).toBe(0);
    const [outcome] = JSON.parse(refused.stdout) as {
      status: string;
      notified: number;
      warnings: string[];
    }[];
    expect(outcome).toMatchObject({ status: 'recorded', notified: 0 });
    expect(outcome?.warnings.join()).toMatch(/mail/);
    const { received } = sink;
    const before = received.length;
    const accepted = await other.run(['import', file(2), '-o', 'json'], {
      SMTP_PORT: String(sink.port),
      VEDETTE_SMTP_CA: sink.caFile,
    });
    const [next] = JSON.parse(accepted.stdout) as { notified: number; events: { new: number } }[];
    // Those of the first file that are still there, too.
    expect(next?.notified).toBeGreaterThan(next?.events.new ?? 0);
    expect(received.length - before).toBe(1);
    other.remove();
  }, 30_000);
});

describe('reading starts nothing', () => {
  test.each([
    ['scan list', 0, '"runs": []'],
    ['schedule list', 0, '"schedules": []'],
    ['scan show run-of-nobody', 1, ''],
    ['scan cancel run-of-nobody', 1, ''],
    ['scan retry run-of-nobody', 1, ''],
    ['schedule show nobody', 1, ''],
  ])(
    '%s in a fresh home',
    async (command, exitCode, text) => {
      const home = createCliHome({ TEMPORAL_CLI: '/nowhere' });
      const format = exitCode === 0 ? ['-o', 'json'] : [];
      const { code, stdout } = await home.run([...command.split(' '), ...format]);
      expect(code).toBe(exitCode);
      expect(stdout).toContain(text);
      expect(existsSync(home.home)).toBe(false);
      home.remove();
    },
    20_000,
  );

  test('runs whose server is gone are told by what their scans have left', async () => {
    const home = newHome(27_323);
    const run = await home.run(['scan', 'run', '--account', 'good', '-o', 'json']);
    const { runId } = runOf(run);
    const list = await home.run(['scan', 'list', '-o', 'json']);
    expect(JSON.parse(list.stdout)).toMatchObject({ runs: [{ runId, status: null, source: 'scoutsuite' }] });
    expect(list.stderr).toContain('vedette up starts one');
    const shown = await home.run(['scan', 'show', runId]);
    expect(shown.code).toBe(0);
    expect(normalised(shown.stdout, home, { times: true })).toMatchSnapshot('scan show');
    const events = await home.run(['event', 'list', '--run', runId, '--limit', '0', '-o', 'jsonl']);
    expect(events.stdout.trim().split('\n')).toHaveLength(555);
    const schedules = await home.run(['schedule', 'list']);
    expect(schedules).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('vedette up') });
    expect(processesOf(home)).toEqual([]);
    home.remove();
  }, 60_000);
});

/** Less than a database is waited for. */
const INTERRUPT_MS = 5000;

describe('Ctrl-C ends every command', () => {
  let home: CliHome;
  let up: RunningCli;
  let runId: string;
  /** Takes connections, and never says a word. */
  let silent: Server;

  beforeAll(async () => {
    silent = createServer();
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    home = newHome(27_333);
    up = home.start(['up'], {}, SUITE_MS);
    await until(() => up.told().includes('Ready.'), 'vedette up');
    runId = (await home.run(['scan', 'run', '--account', 'hanging', '--detach'])).stdout.trim();
  }, 60_000);
  afterAll(async () => {
    silent.close();
    await home.run(['scan', 'cancel', runId]);
    up.child.kill('SIGINT');
    await up.ended;
    home.remove();
  }, 30_000);

  const database = (): Record<string, string> => ({
    DB_HOST: '127.0.0.1',
    DB_PORT: String((silent.address() as AddressInfo).port),
    DB_USER: 'nobody',
  });

  test.each([
    ['scan show RUN --follow', false],
    ['event list', true],
    ['finding list', true],
    ['scan list', true],
    ['status', true],
    ['profiles list', true],
    ['token list', true],
    ['account list', true],
    ['migrate status', true],
    ['doctor', true],
  ])(
    '%s',
    async (command, databaseIsSilent) => {
      const args = command.replace('RUN', runId).split(' ');
      const running = home.start(args, databaseIsSilent ? database() : {});
      const isUnderWay = databaseIsSilent
        ? once(silent, 'connection')
        : until(() => running.told().includes('[hanging]'), command);
      await isUnderWay;
      running.child.kill('SIGINT');
      await until(() => running.child.exitCode !== null, 'its end', INTERRUPT_MS);
      expect(await running.ended).toMatchObject({ code: 130, stdout: '' });
    },
    40_000,
  );
});

describe('without a running vedette up', () => {
  test('Ctrl-C: the interrupted summary, exit code 130, and nothing left', async () => {
    const home = newHome(27_243);
    const run = home.start(['scan', 'run', '--account', 'hanging']);
    await until(() => run.told().includes('[hanging] scan'), 'the scan');
    run.child.kill('SIGINT');
    const { code, stdout, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(normalised(stdout, home, { times: true })).toMatchSnapshot();
    expect(stderr).toContain('Received interrupt signal. Generating summary...');
    expect(processesOf(home)).toEqual([]);
    expect(readdirSync(join(home.home, 'artifacts'))).toEqual([]);
    home.remove();
  }, 40_000);

  test('Ctrl-C while the server starts ends it, too', async () => {
    const home = newHome(27_253);
    const run = home.start(['scan', 'run', '--account', 'good']);
    await until(() => run.told().includes('starting the Temporal server'), 'the start');
    run.child.kill('SIGINT');
    const { code, stdout, stderr } = await run.ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('Interrupted.');
    expect(processesOf(home)).toEqual([]);
    home.remove();
  }, 40_000);

  test('a run goes on when the vedette that ran the server ends', async () => {
    const home = newHome(27_263);
    home.profiles({
      // So long that the second has begun before the first ends, also on a busy machine.
      quick: { recorded_account: '111111111111', recorded_delay_seconds: '6' },
      slow: { recorded_account: '222222222222', recorded_delay_seconds: '10' },
    });
    const first = home.start(['scan', 'run', '--account', 'quick']);
    await until(() => first.told().includes(' started'), 'the first run');
    const second = home.start(['scan', 'run', '--account', 'slow', '-o', 'json']);
    await until(() => second.told().includes(' started'), 'the second run');
    expect((await first.ended).code).toBe(0);
    const ended = await second.ended;
    expect(ended.stderr).toContain('going on with another');
    expect(ended.stderr).not.toContain('Warning');
    expect(ended.code).toBe(0);
    expect(runOf(ended).accounts[0]?.outcome).toBe('success');
    expect(processesOf(home)).toEqual([]);
    home.remove();
  }, 60_000);

  test('vedette up takes over from a command; another vedette up is refused; Ctrl-C while it waits', async () => {
    const home = newHome(27_293);
    home.profiles({ slow: { recorded_account: '222222222222', recorded_delay_seconds: '4' } });
    const run = home.start(['scan', 'run', '--account', 'slow']);
    await until(() => run.told().includes(' started'), 'the run');

    const waiting = [home.start(['up']), home.start(['up'])] as const;
    for (const up of waiting) await until(() => up.told().includes('taking it over'), 'vedette up waits');
    waiting[1].child.kill('SIGINT');
    expect((await waiting[1].ended).code).toBe(130);
    expect(run.child.exitCode).toBeNull();
    expect(waiting[0].told()).not.toContain('Ready.');
    expect((await run.ended).code).toBe(0);
    await until(() => waiting[0].told().includes('Ready.'), 'vedette up has taken over');

    const other = await home.run(['up']);
    expect(other.code).toBe(1);
    expect(other.stderr).toContain(`already (process ${waiting[0].child.pid})`);
    waiting[0].child.kill('SIGINT');
    expect((await waiting[0].ended).code).toBe(0);
    expect(processesOf(home)).toEqual([]);
    home.remove();
  }, 60_000);

  test('a detached run goes on when the command that had the stack ends', async () => {
    const home = newHome(27_303);
    home.profiles({
      quick: { recorded_account: '111111111111', recorded_delay_seconds: '2' },
      slow: { recorded_account: '222222222222', recorded_delay_seconds: '4' },
    });
    const first = home.start(['scan', 'run', '--account', 'quick']);
    await until(() => first.told().includes(' started'), 'the first run');
    const { stdout } = await home.run(['scan', 'run', '--account', 'slow', '--detach']);
    expect((await first.ended).code).toBe(0);
    const shown = await home.run(['scan', 'show', stdout.trim(), '--follow', '-o', 'json']);
    expect(runOf(shown).accounts[0]?.outcome).toBe('success');

    process.kill(supervisorOf(home), 'SIGTERM');
    await until(() => processesOf(home).length === 0, 'the vedette up in the background ends');
    home.remove();
  }, 60_000);

  test('a newer build of vedette up finishes what an older one began, whatever VEDETTE_DEPLOYMENT says', async () => {
    const home = newHome(27_313);
    home.profiles({ slow: { recorded_account: '222222222222', recorded_delay_seconds: '3' } });
    const build = (id: string) => ({ VEDETTE_DEPLOYMENT: 'scanners', VEDETTE_BUILD_ID: id });
    const older = home.start(['up'], build('1'));
    await until(() => older.told().includes('Ready.'), 'vedette up');
    const { stdout } = await home.run(['scan', 'run', '--account', 'slow', '--detach']);
    older.child.kill('SIGKILL');
    await older.ended;

    const newer = home.start(['up'], build('2'));
    await until(() => newer.told().includes('Ready.'), 'vedette up again');
    const shown = await home.run(['scan', 'show', stdout.trim(), '--follow', '-o', 'json']);
    expect(runOf(shown).accounts[0]?.outcome).toBe('success');
    newer.child.kill('SIGINT');
    await newer.ended;
    home.remove();
  }, 120_000);

  test('a VEDETTE_HOME that is a file is named', async () => {
    const home = newHome(27_273);
    const { code, stderr } = await home.run(['scan', 'run', '--account', 'good'], { VEDETTE_HOME: VEDETTE });
    expect(code).toBe(1);
    expect(stderr).toContain(`${VEDETTE}/run cannot be made`);
    home.remove();
  }, 20_000);
});

describe('the account menu on a terminal', () => {
  let home: CliHome;
  let up: RunningCli;
  beforeAll(async () => {
    home = newHome(27_283);
    home.profiles({
      alpha: { sso_account_id: '111111111111' },
      beta: { sso_account_id: '111111111111' },
      gamma: { sso_account_id: '111111111111', recorded_exit_code: '104' },
    });
    up = home.start(['up'], {}, SUITE_MS);
    await until(() => up.told().includes('Ready.'), 'vedette up');
  }, 40_000);
  afterAll(async () => {
    up.child.kill('SIGINT');
    await up.ended;
    home.remove();
  }, 30_000);

  /** Runs it on a pseudo terminal and gives the answers one after the other, each at a prompt. */
  function onTerminal(answers: readonly string[], args: readonly string[]): Promise<CliResult> {
    const driver = join(VEDETTE, '..', '..', 'test', 'support', 'terminal.py');
    const command = [process.execPath, VEDETTE, ...args];
    return startProgram(
      'python3',
      [driver, JSON.stringify(answers), ...command],
      home.environment,
      home.folder,
    ).ended;
  }

  test.each([
    ['1,2', ['alpha', 'beta']],
    ['1-2', ['alpha', 'beta']],
    ['2', ['beta']],
    ['4', ['alpha', 'beta', 'gamma']],
  ])(
    '%s',
    async (answer, profiles) => {
      const args = ['scan', 'run', '--account', '111111111111', '--detach'];
      const { code, stdout } = await onTerminal([answer], args);
      expect(code).toBe(0);
      expect(stdout).toContain("Found 3 profiles matching account ID '111111111111':");
      const [runId] = /run-\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{4}/.exec(stdout) ?? [''];
      const shown = await home.run(['scan', 'cancel', runId]);
      for (const profile of ['alpha', 'beta', 'gamma'])
        expect(shown.stdout.includes(profile)).toBe(profiles.includes(profile) && shown.code === 0);
    },
    30_000,
  );

  test('what is no answer is asked again; Cancel scans nothing', async () => {
    const { code, stdout } = await onTerminal(['9', '5'], ['scan', 'run', '--account', '111111111111']);
    expect(code).toBe(6);
    expect(stdout).toContain('"9" is not among the numbers 1 to 5.');
    expect(stdout).toContain('No account was chosen.');
  }, 30_000);

  test('Ctrl-C at the prompt', async () => {
    const { code } = await onTerminal(['\u0003'], ['scan', 'run']);
    expect(code).toBe(130);
  }, 30_000);
});
