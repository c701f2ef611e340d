import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrations } from '../../migrations/index.ts';
import { packageRoot } from '../../src/package-root.ts';
import { createCliHome, normalised, recorded, startProgram, VEDETTE } from '../support/cli.ts';
import type { CliHome } from '../support/cli.ts';
import { mariaDbServer } from '../support/mariadb.ts';
import { createDatabase } from '../support/stores.ts';

interface Imported {
  scanId: number | null;
  status: string;
  events: Record<'total' | 'new' | 'still' | 'resolved' | 'reopened' | 'unverified', number>;
  error?: { type: string; message: string; remedy: string };
}

interface Expected {
  items: number;
  new: number;
  still_active: number;
  resolved: number;
  reopened: number;
  unverified: number;
}

const ACCOUNTS = ['111111111111', '222222222222'] as const;
/** Events of both accounts in all their scans. */
const EVER_SEEN = 570 + 244;
const NUMBERS = [1, 2, 3, 4] as const;

function expectedLifecycle(account: string): Imported['events'][] {
  const file = join(
    packageRoot(),
    'test',
    'fixtures',
    'expected',
    `aws-${account}.lifecycle.stable.scoped.json`,
  );
  const { scans } = JSON.parse(readFileSync(file, 'utf8')) as { scans: Expected[] };
  return scans.map((scan) => ({
    total: scan.items,
    new: scan.new,
    still: scan.still_active,
    resolved: scan.resolved,
    reopened: scan.reopened,
    unverified: scan.unverified,
  }));
}

const home = createCliHome();
const results = (text: string) => JSON.parse(text) as Imported[];

afterAll(() => home.remove());

describe('four recorded scans of two accounts', () => {
  beforeAll(async () => {
    home.profiles({ 'acme-production': { sso_account_id: ACCOUNTS[0] }, unscanned: {} });
    const files = NUMBERS.map((number) => recorded(ACCOUNTS[0], number));
    const { code, stdout, stderr } = await home.run(['import', ...files, '-o', 'json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(normalised(stdout, home)).toMatchSnapshot('import -o json');
    expect(results(stdout).map(({ events }) => events)).toEqual(expectedLifecycle(ACCOUNTS[0]));
  }, 30_000);

  test('import tells people in a few lines, and jsonl on one line each', async () => {
    const human = await home.run(['import', recorded(ACCOUNTS[1], 1)]);
    expect(human.code).toBe(0);
    expect(normalised(human.stdout, home)).toMatchSnapshot('import');
    const files = [2, 3, 4].map((number) => recorded(ACCOUNTS[1], number));
    const lines = await home.run(['import', ...files, '-o', 'jsonl']);
    const outcomes = lines.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Imported);
    expect(outcomes.map(({ events }) => events)).toEqual(expectedLifecycle(ACCOUNTS[1]).slice(1));
    expect(outcomes.map(({ status }) => status)).toEqual(['recorded', 'partial', 'partial']);
  }, 30_000);

  test('the same file again is a duplicate, and an older scan changes nothing', async () => {
    const { code, stdout } = await home.run(['import', recorded(ACCOUNTS[0], 2), '-o', 'json']);
    expect(code).toBe(0);
    expect(results(stdout)[0]).toMatchObject({
      status: 'duplicate',
      scanId: 2,
      events: { new: 0, resolved: 0 },
    });
    const other = createCliHome();
    await other.run(['import', recorded(ACCOUNTS[0], 2)]);
    const stale = await other.run(['import', recorded(ACCOUNTS[0], 1), '-o', 'json']);
    expect(results(stale.stdout)[0]).toMatchObject({ status: 'superseded', events: { new: 0, resolved: 0 } });
    other.remove();
  }, 30_000);

  test('--dry-run says what is in a file and stores nothing', async () => {
    const other = createCliHome();
    const { code, stdout, stderr } = await other.run(['import', recorded(ACCOUNTS[0], 1), '--dry-run']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'warning: Dry run: nothing was stored.\n' });
    expect(normalised(stdout, other)).toMatchSnapshot();
    expect((await other.run(['event', 'list', '-o', 'jsonl'])).stdout).toBe('');
    other.remove();
  }, 30_000);

  test.each(['table', 'json', 'jsonl', 'csv'])(
    'event list -o %s',
    async (format) => {
      const { code, stdout } = await home.run([
        'event',
        'list',
        '--account',
        ACCOUNTS[0],
        '--service',
        's3',
        '--level',
        'high,medium',
        '--status',
        'active',
        '--limit',
        '3',
        '-o',
        format,
      ]);
      expect(code).toBe(0);
      expect(stdout).toMatchSnapshot();
    },
    20_000,
  );

  test('event list goes on at a cursor, and gives all with limit 0', async () => {
    const page = async (...args: string[]) => {
      const { stdout } = await home.run(['event', 'list', '--service', 's3', '-o', 'json', ...args]);
      return JSON.parse(stdout) as { events: { id: number }[]; nextCursor: string | null };
    };
    const all = await page('--limit', '0');
    expect(all.nextCursor).toBeNull();
    const first = await page('--limit', '5');
    const second = await page('--limit', '5', '--cursor', String(first.nextCursor));
    expect([...first.events, ...second.events]).toEqual(all.events.slice(0, 10));
    const wrong = await home.run(['event', 'list', '--cursor', 'elsewhere']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
  }, 30_000);

  test('every filter of event list narrows it', async () => {
    const ids = async (...filter: string[]) => {
      const { stdout } = await home.run(['event', 'list', '--limit', '0', '-o', 'jsonl', ...filter]);
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    const [everything, resolved, ofCheck, ofRegion, ofResource, future] = await Promise.all([
      ids(),
      ids('--status', 'resolved'),
      ids('--check', 'iam-user-without-mfa'),
      ids('--region', 'eu-west-1'),
      ids('--resource', 'mallory.new'),
      ids('--since', '2030-01-01'),
    ]);
    expect(everything.length).toBe(EVER_SEEN);
    for (const event of resolved) expect(event['status']).toBe('resolved');
    for (const event of ofCheck) expect(event['checkId']).toBe('iam-user-without-mfa');
    for (const event of ofRegion) expect(event['region']).toBe('eu-west-1');
    for (const event of ofResource) expect(event['resourceName']).toBe('mallory.new');
    expect([resolved, ofCheck, ofRegion, ofResource].every((events) => events.length > 0)).toBe(true);
    expect(future).toEqual([]);
  }, 30_000);

  test('--fields chooses columns and values, in their order', async () => {
    const args = ['event', 'list', '--limit', '1', '--fields', 'last-seen,id,SERVICE'];
    const [table, csv, json, wrong] = await Promise.all([
      home.run(args),
      home.run([...args, '-o', 'csv']),
      home.run([...args, '-o', 'json']),
      home.run(['event', 'list', '--fields', 'nope']),
    ]);
    expect(table.stdout).toMatch(/^LAST SEEN\tID\tSERVICE\n\S+Z\t\d+\t\w+\n$/);
    expect(csv.stdout).toMatch(/^LAST SEEN,ID,SERVICE\n/);
    const { events } = JSON.parse(json.stdout) as { events: object[] };
    expect(events.map(Object.keys)).toEqual([['lastSeen', 'id', 'service']]);
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('"nope"') });
  }, 30_000);

  test('filters that match nothing say so, with what was perhaps meant; open is active', async () => {
    const args = ['--service', 's33', '--account', '999999999999', '--status', 'open', '-o', 'jsonl'];
    const unknown = await home.run(['event', 'list', ...args]);
    expect(unknown).toMatchObject({ code: 0, stdout: '' });
    expect(unknown.stderr).toContain('service s33; did you mean s3?');
    expect(unknown.stderr).toContain('account 999999999999');
    const findings = await home.run(['finding', 'list', '--service', 's33', '-o', 'jsonl']);
    expect(findings).toMatchObject({ code: 0, stderr: expect.stringContaining('did you mean s3?') });
    const [open, active] = await Promise.all(
      ['open', 'active'].map((status) => home.run(['event', 'list', '--limit', '3', '--status', status])),
    );
    expect(open).toEqual(active);
    expect(open?.stderr).not.toContain('Nothing is known');
  }, 30_000);

  test('status: the whole in at most fifteen lines, and as JSON', async () => {
    const { code, stdout, stderr } = await home.run(['status']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
    expect(stdout).toContain('acme-production  s3, iam only; 492 events not confirmed');
    const json = await home.run(['status', '-o', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      active: { byLevel: { info: 0 }, total: expect.any(Number) },
      asOf: expect.stringMatching(/^2026-11-22T/),
      accounts: { total: 3 },
      running: null,
      nextRun: null,
    });
    const nothing = createCliHome();
    expect(await nothing.run(['status', '-o', 'json'])).toMatchObject({ code: 0, stdout: 'null\n' });
    expect(existsSync(nothing.home)).toBe(false);
    nothing.remove();
  }, 30_000);

  test('event show', async () => {
    const { stdout } = await home.run(['event', 'show', '1', '-o', 'json']);
    expect(stdout).toMatchSnapshot('json');
    expect((await home.run(['event', 'show', '1'])).stdout).toMatchSnapshot('table');
    const unknown = await home.run(['event', 'show', '99999']);
    expect(unknown).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('There is no event 99999'),
    });
  }, 30_000);

  test.each(['table', 'json', 'jsonl', 'csv'])(
    'finding list -o %s',
    async (format) => {
      const filter = ['--account', ACCOUNTS[0], '--flagged', '--level', 'high', '--limit', '2'];
      const { code, stdout } = await home.run(['finding', 'list', ...filter, '-o', format]);
      expect(code).toBe(0);
      expect(stdout).toMatchSnapshot();
    },
    20_000,
  );

  test('finding list of one scan; one that there is none of is named', async () => {
    const { code, stdout } = await home.run(['finding', 'list', '--scan', '1', '--limit', '1', '-o', 'json']);
    expect({ code, findings: JSON.parse(stdout) as object }).toMatchObject({
      code: 0,
      findings: { findings: [{ scanId: 1 }] },
    });
    const unknown = await home.run(['finding', 'list', '--scan', '99999']);
    expect(unknown).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('There is no scan 99999'),
    });
  }, 20_000);

  test('scan show of a recorded scan', async () => {
    const { stdout } = await home.run(['scan', 'show', '2', '-o', 'json']);
    expect(normalised(stdout, home)).toMatchSnapshot();
  }, 20_000);

  test.each(['table', 'json', 'jsonl', 'csv'])(
    'profiles list -o %s',
    async (format) => {
      const { stdout } = await home.run(['profiles', 'list', '-o', format]);
      expect(stdout).toMatchSnapshot();
    },
    20_000,
  );

  test('notify preview writes the message of a scan', async () => {
    const { code, stdout } = await home.run(['notify', 'preview', '--scan', '1', '--folder', home.folder]);
    expect({ code, stdout: normalised(stdout, home) }).toEqual({
      code: 0,
      stdout: '<folder>/vedette-scan-1.html\n<folder>/vedette-scan-1.txt\n',
    });
    expect(readFileSync(join(home.folder, 'vedette-scan-1.txt'), 'utf8')).toContain(ACCOUNTS[0]);
    const unknown = await home.run(['notify', 'preview', '--scan', '99']);
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no scan 99') });
  }, 20_000);

  test('a reader that stops early ends it quietly', async () => {
    const command = (args: string) => `set -o pipefail; "${process.execPath}" "${VEDETTE}" ${args} | head -1`;
    for (const args of [
      'event list --limit 0 -o jsonl',
      `parse ${recorded(ACCOUNTS[0], 1)}`,
      'event list --limit 0 -o csv',
    ]) {
      const { stdout, stderr, code } = await startProgram(
        'bash',
        ['-c', command(args)],
        home.environment,
        home.folder,
      ).ended;
      expect({ code, stderr, lines: stdout.trim().split('\n').length }).toEqual({
        code: 0,
        stderr: '',
        lines: 1,
      });
    }
  }, 30_000);
});

describe('vedette parse', () => {
  test('jsonl is one object a line, and json the same as one object', async () => {
    const [lines, whole] = await Promise.all([
      home.run(['parse', recorded(ACCOUNTS[0], 4), '-o', 'jsonl']),
      home.run(['parse', recorded(ACCOUNTS[0], 4)]),
    ]);
    expect(lines.stdout).toMatchSnapshot('jsonl');
    const objects = lines.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    const parsed = JSON.parse(whole.stdout) as { scan: object; findings: object[]; events: object[] };
    expect(Object.keys(parsed)).toEqual(['scan', 'findings', 'events']);
    const ofKind = (kind: string) =>
      objects.filter((object) => object.kind === kind).map((object) => ({ ...object, kind: undefined }));
    // A key that is undefined counts as none.
    expect(ofKind('scan')).toEqual([parsed.scan]);
    expect(ofKind('finding')).toEqual(parsed.findings);
    expect(ofKind('event')).toEqual(parsed.events);
  }, 20_000);
});

describe('vedette migrate', () => {
  test('up and status', async () => {
    const fresh = createCliHome();
    const names = migrations.map(({ name }) => name);
    const lines = (...texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');
    expect(JSON.parse((await fresh.run(['migrate', 'status', '-o', 'json'])).stdout)).toEqual({
      migrations: names.map((name) => ({ name, applied: false })),
    });
    expect((await fresh.run(['migrate', 'up'])).stdout).toBe(
      lines(...names.map((name) => `applied ${name}`)),
    );
    expect((await fresh.run(['migrate', 'status'])).stdout).toBe(
      lines('MIGRATION\tAPPLIED', ...names.map((name) => `${name}\tyes`)),
    );
    expect((await fresh.run(['migrate', 'up'])).stdout).toBe('The database is up to date.\n');
    fresh.remove();
  }, 30_000);
});

describe('files that are no results', () => {
  const bad = createCliHome();
  const at = (name: string) => join(bad.folder, 'cwd', name);
  const good = readFileSync(recorded(ACCOUNTS[0], 1));
  afterAll(() => bad.remove());

  test.concurrent.each([
    ['cut-off.js', good.subarray(0, 300_000)],
    ['empty.js', ''],
    ['binary.js', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 197) % 256))],
    ['compressed.js', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
    ['wrong-shape.js', '{"findings": []}'],
    ['list.js', '[]'],
    ['text.js', 'hello\n'],
    ['latin-1.js', Buffer.from(good.toString('latin1').replace('Security', 'S\u00e9curity'), 'latin1')],
    ['trailing.js', `${good.toString('utf8')}\nrubbish`],
    ['bad-time.js', good.toString('utf8').replace(/"time": ?"[^"]*"/, '"time":"yesterday"')],
  ])(
    '%s',
    async (name, content) => {
      writeFileSync(at(name), content);
      const { code, stdout, stderr } = await bad.run(['import', name]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatchSnapshot();
      expect(stderr).toContain(`error: ${name}`);
      expect(stderr).toMatch(/\n {2}→ \S/);
      expect(stderr).not.toMatch(/^\s+at /m);
    },
    20_000,
  );

  test('a folder without results, a missing file, one that cannot be read', async () => {
    mkdirSync(at('folder'));
    for (const name of ['folder', 'missing.js', '/dev/null']) {
      const { code, stdout, stderr } = await bad.run(['import', name]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`error: ${name}`);
    }
    writeFileSync(at('secret.js'), good);
    chmodSync(at('secret.js'), 0);
    // Root may read everything.
    const expected = process.getuid?.() === 0 ? 0 : 1;
    expect((await bad.run(['parse', 'secret.js'])).code).toBe(expected);
  }, 30_000);

  test('nothing of them is stored', async () => {
    for (const list of ['event', 'finding'])
      expect((await bad.run([list, 'list', '-o', 'jsonl'])).stdout).toBe('');
  }, 20_000);

  test('a bad file among good ones does not stop them', async () => {
    const files = [recorded(ACCOUNTS[0], 1), 'empty.js', recorded(ACCOUNTS[0], 2)];
    const { code, stdout, stderr } = await bad.run(['import', ...files, '-o', 'json']);
    expect(code).toBe(1);
    expect(results(stdout).map(({ status }) => status)).toEqual(['recorded', 'failed', 'recorded']);
    const [, failed] = results(stdout);
    expect(normalised(JSON.stringify(failed, undefined, 2), bad)).toMatchSnapshot();
    expect(stderr).toContain('error: empty.js is empty.');
  }, 20_000);

  test('--debug shows where an error came from', async () => {
    const { stderr } = await bad.run(['import', 'empty.js', '--debug']);
    expect(stderr).toMatch(/^\s+at /m);
  }, 20_000);
});

describe('names from a hostile account', () => {
  const hostile = createCliHome();
  afterAll(() => hostile.remove());
  const NAME = "=cmd()|x<script>alert(1)</script>\u001b[31m\u202eevil\n';DROP TABLE scout_events;--";

  test('are harmless in every format', async () => {
    const text = readFileSync(recorded(ACCOUNTS[0], 4), 'utf8');
    const file = join(hostile.folder, 'hostile.js');
    writeFileSync(file, text.replaceAll('"acme-new.data"', JSON.stringify(NAME)));
    const imported = await hostile.run(['import', file]);
    expect(imported.code).toBe(0);
    for (const format of ['table', 'json', 'jsonl', 'csv']) {
      const { stdout } = await hostile.run([
        'event',
        'list',
        '--resource',
        NAME,
        '--limit',
        '1',
        '-o',
        format,
      ]);
      expect(stdout).toMatchSnapshot(format);
      expect(stdout).not.toMatch(/[\u001b\u202e]/);
    }
    const { stdout } = await hostile.run(['event', 'list', '--resource', NAME, '--limit', '1', '-o', 'json']);
    const { events } = JSON.parse(stdout) as { events: { resourceName: string }[] };
    expect(events[0]?.resourceName).toBe(NAME);
  }, 30_000);
});

describe('a database server', () => {
  let other: CliHome;
  beforeAll(() => {
    other = createCliHome();
  });
  afterAll(() => other.remove());

  test('has the same lifecycle', async () => {
    const database = createDatabase('mariadb');
    const { host, port, plain } = mariaDbServer();
    const environment = {
      DB_HOST: host,
      DB_PORT: String(port),
      DB_USER: plain.user,
      DB_PASSWORD: plain.password,
    };
    const name = ['--db-name', database.config.database.name];
    try {
      for (const account of ACCOUNTS) {
        const files = NUMBERS.map((number) => recorded(account, number));
        const { code, stdout } = await other.run(['import', ...files, '-o', 'json', ...name], environment);
        expect(code).toBe(0);
        expect(results(stdout).map(({ events }) => events)).toEqual(expectedLifecycle(account));
      }
    } finally {
      await database.remove();
    }
  }, 60_000);

  test('that cannot be reached: the parsed results are printed, so that nothing is lost', async () => {
    const down = { DB_HOST: '127.0.0.1', DB_PORT: '1', DB_USER: 'u', DB_PASSWORD: 'hush-hush' };
    const files = [recorded(ACCOUNTS[0], 4), recorded(ACCOUNTS[1], 1)];
    const one = await other.run(['import', files[0] ?? ''], down);
    expect(one.code).toBe(1);
    expect(one.stdout).toBe((await other.run(['parse', files[0] ?? ''])).stdout);
    expect(one.stderr).toMatchSnapshot();
    const both = await other.run(['import', ...files], down);
    expect((JSON.parse(both.stdout) as { events: unknown[] }[]).map(({ events }) => events.length)).toEqual([
      63, 230,
    ]);
    const refused = await other.run(['event', 'list'], {
      ...down,
      DB_PORT: String(mariaDbServer().port),
    });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('Access denied');
    expect(refused.stderr).not.toContain('hush-hush');
  }, 30_000);

  test('that goes away while it imports: what is stored is whole, and the rest is told', async () => {
    const database = createDatabase('mariadb');
    const { host, port, plain } = mariaDbServer();
    const environment = {
      DB_HOST: host,
      DB_PORT: String(port),
      DB_USER: plain.user,
      DB_PASSWORD: plain.password,
    };
    const name = database.config.database.name;
    const store = await database.open();
    const killer = setInterval(() => void killOthers().catch(() => undefined), 5);
    const killOthers = async (): Promise<void> => {
      const [row] = await store.read<{ scans: number }>('SELECT COUNT(*) AS scans FROM scout_scans');
      if (Number(row?.scans) === 0) return;
      const others = 'SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()';
      for (const { id } of await store.read<{ id: number }>(others, [name])) await store.read(`KILL ${id}`);
    };
    const files = NUMBERS.map((number) => recorded(ACCOUNTS[0], number));
    const { code, stdout, stderr } = await other.run(
      ['import', ...files, '-o', 'json', '--db-name', name],
      environment,
    );
    clearInterval(killer);
    const failed = results(stdout).filter(({ status }) => status === 'failed');
    expect(code).toBe(1);
    expect(failed.length).toBeGreaterThan(0);
    for (const { error } of failed) expect(error?.type).toBe('database-unreachable');
    expect(stderr).not.toMatch(/^\s+at /m);
    const again = await other.run(['import', ...files, '--db-name', name], environment);
    expect(again.code).toBe(0);
    await database.remove();
  }, 60_000);
});

describe('a disk that is full', () => {
  test('is told, and nothing is half stored', async () => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
    const full = createCliHome();
    const disk = join(full.folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', disk]);
    try {
      const environment = { VEDETTE_HOME: disk };
      const { code, stderr } = await full.run(['import', recorded(ACCOUNTS[0], 1)], environment);
      expect(code).toBe(1);
      expect(normalised(stderr, full)).toMatchSnapshot();
    } finally {
      execFileSync('umount', [disk]);
      full.remove();
    }
  }, 30_000);
});
