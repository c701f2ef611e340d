import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCliHome, normalised } from '../support/cli.ts';
import type { CliHome } from '../support/cli.ts';

let home: CliHome;
beforeEach(() => {
  home = createCliHome();
});
afterEach(() => home.remove());

function inFolder(name: string, text: string): void {
  writeFileSync(join(home.folder, 'cwd', name), text);
}

async function shown(environment: Record<string, string>, name: string) {
  const { stdout } = await home.run(['config', 'show', '-o', 'json'], environment);
  const { settings } = JSON.parse(stdout) as { settings: { name: string; value: string; origin: string }[] };
  const { value, origin } = settings.find((setting) => setting.name === name) ?? {};
  return { value, origin };
}

describe('where a value comes from', () => {
  test('flags go before the environment, .env, vedette.yaml and defaults', async () => {
    expect(await shown({}, 'database.port')).toEqual({ value: '3306', origin: 'default' });
    inFolder('vedette.yaml', 'database:\n  port: 3001\n');
    expect(await shown({}, 'database.port')).toEqual({ value: '3001', origin: 'vedette.yaml' });
    inFolder('.env', 'DB_PORT=3002\nDB_HOST=127.0.0.1\nDB_USER=dotenv-user\n');
    expect(await shown({}, 'database.port')).toEqual({ value: '3002', origin: '.env' });
    expect(await shown({ DB_PORT: '3003' }, 'database.port')).toEqual({
      value: '3003',
      origin: 'environment',
    });
    inFolder('x.js', '');
    const { stderr } = await home.run(['import', 'x.js', '--db-port', '4'], { DB_PORT: '3' });
    expect(stderr).toContain('127.0.0.1:4 as user dotenv-user');
  }, 30_000);

  test('a secret is never shown', async () => {
    const environment = {
      DB_PASSWORD: 'hush-hush',
      SMTP_PASSWORD: 'hush-hush',
      AWS_SECRET_ACCESS_KEY: 'hush-hush',
    };
    for (const format of ['table', 'json', 'jsonl', 'csv']) {
      const { stdout, stderr } = await home.run(['config', 'show', '-o', format, '--debug'], environment);
      expect(stdout).toContain('(set)');
      expect(stdout + stderr).not.toContain('hush-hush');
    }
    const down = { ...environment, DB_HOST: '127.0.0.1', DB_PORT: '1', DB_USER: 'u' };
    const { code, stderr } = await home.run(['event', 'list', '--debug'], down);
    expect(code).toBe(1);
    expect(stderr).toContain('ECONNREFUSED');
    expect(stderr).not.toContain('hush-hush');
  }, 30_000);

  test('VEDETTE_HOME may begin with ~ and be relative', async () => {
    const value = async (text: string) =>
      (await shown({ VEDETTE_HOME: text, HOME: '/somewhere' }, 'general.home')).value;
    expect(await value('~/scans')).toBe('/somewhere/scans');
    expect(await value('scans')).toBe(join(home.folder, 'cwd', 'scans'));
    expect(await value('')).toBe('/somewhere/.vedette');
  }, 20_000);
});

describe('vedette config validate', () => {
  test('says that everything is right', async () => {
    expect(await home.run(['config', 'validate'])).toEqual({
      code: 0,
      stdout: 'The configuration is valid.\n',
      stderr: '',
    });
  }, 20_000);

  const MAIL = {
    ENABLE_EMAIL_NOTIFICATIONS: 'true',
    SMTP_HOST: '127.0.0.1',
    SMTP_FROM: 'scan@example.com',
    EMAIL_RECIPIENTS: '"Doe, Jane" <jane@example.com>; ops@example.com',
  };

  test.each([
    [
      'an entry that is no address',
      { EMAIL_RECIPIENTS: 'a@example.com, nobody' },
      /EMAIL_RECIPIENTS.* nobody\b/,
    ],
    ['a group', { EMAIL_RECIPIENTS: 'Ops: a@example.com;' }, /EMAIL_RECIPIENTS.*group.* Ops: a@example\.com/],
    ['no recipient', { EMAIL_RECIPIENTS: '' }, /EMAIL_RECIPIENTS names no recipient/],
    ['no sender', { SMTP_FROM: '' }, /SMTP_FROM names no sender/],
    ['no server', { SMTP_HOST: '' }, /SMTP_HOST/],
  ])(
    'says of e-mail what sending would say: %s',
    async (_case, change, said) => {
      expect(await home.run(['config', 'validate'], MAIL)).toMatchObject({ code: 0 });
      const environment = { ...MAIL, ...change };
      const validated = await home.run(['config', 'validate'], environment);
      expect(validated).toMatchObject({ code: 2, stderr: expect.stringMatching(said) });
      expect(await home.run(['notify', 'test'], environment)).toEqual(validated);
    },
    30_000,
  );

  test('names every variable with a bad value, but not the value', async () => {
    const { code, stdout, stderr } = await home.run(['config', 'validate'], {
      DB_PORT: 'a-secret',
      VEDETTE_DB_POOL_SIZE: '0',
      DB_SSL_DISABLED: 'maybe',
      NOTIFY_ON_SEVERITY: 'high,grave',
      LOG_LEVEL: 'loud',
      VEDETTE_SCAN_TIMEOUT: 'soon',
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatchSnapshot();
    expect(stderr).not.toContain('a-secret');
  }, 20_000);

  test.each([
    ['an unknown setting', 'database:\n  prot: 1\n', 'database has no setting "prot"'],
    ['an unknown section', 'databse:\n  port: 1\n', 'no section "databse"'],
    ['a list', '- 1\n', 'is not a mapping of sections'],
    ['what is not YAML', 'database:\n  password: hush\n bad: : x\n', 'is not valid YAML: All mapping items'],
  ])(
    'refuses %s in vedette.yaml',
    async (_what, text, message) => {
      inFolder('vedette.yaml', text);
      const { code, stderr } = await home.run(['config', 'validate']);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
      expect(stderr).not.toContain('hush');
    },
    20_000,
  );

  test('a VEDETTE_HOME where nothing can be made is refused at once', async () => {
    const { code, stderr } = await home.run(['scan', 'run', '--all'], { VEDETTE_HOME: '/proc/vedette' });
    expect(code).toBe(2);
    expect(stderr).toContain('VEDETTE_HOME (environment): no folder can be made below /proc');
  }, 20_000);

  test('a folder where .env is expected is named', async () => {
    mkdirSync(join(home.folder, 'cwd', '.env'));
    const { code, stderr } = await home.run(['config', 'validate']);
    expect(code).toBe(2);
    expect(normalised(stderr, home)).toContain('/cwd/.env is not a regular file');
  }, 20_000);
});
