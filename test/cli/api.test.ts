import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCliHome, until } from '../support/cli.ts';
import type { CliHome } from '../support/cli.ts';

let home: CliHome;
beforeEach(() => {
  home = createCliHome();
});
afterEach(() => home.remove());

describe('vedette token', () => {
  test('prints the secret once and alone, lists without it, and revokes', async () => {
    const made = await home.run(['token', 'create', 'ci', '--scope', 'operate', '--expires', '30d']);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^vdt_[\w-]{49}\n$/);
    expect(made.stderr).toContain('Token 1 (operate) holds until');
    const json = await home.run(['token', 'create', 'other', '-o', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      id: 2,
      scope: 'read',
      secret: expect.stringMatching(/^vdt_/),
    });

    expect((await home.run(['token', 'revoke', '1'])).code).toBe(0);
    const { stdout } = await home.run(['token', 'list', '-o', 'json']);
    expect(stdout).not.toContain(made.stdout.trim().slice(4, 12));
    expect(JSON.parse(stdout).tokens).toMatchObject([
      { id: 2, name: 'other', revokedAt: null },
      { id: 1, name: 'ci', createdBy: 'command line', revokedAt: expect.any(String) },
    ]);
    const unknown = await home.run(['token', 'revoke', '9']);
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('There is no token 9.')]);
  }, 60_000);

  test.each([
    [['token', 'create', ' ']],
    [['token', 'create', 'x', '--scope', 'root']],
    [['token', 'create', 'x', '--expires', '90']],
  ])('%j is wrong usage', async (args) => {
    expect((await home.run(args)).code).toBe(2);
  });
});

test('vedette serve without a Temporal server says what to do', async () => {
  const { code, stderr } = await home.run(['serve']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('Run vedette up')]);
});

describe('vedette up', () => {
  test('serves the dashboard, signs in by the link that it prints, and starts a crashed API again', async () => {
    // Somebody has the port already.
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const up = home.start(['up'], { VEDETTE_API_ADDRESS: String(port) });
    try {
      const link = await until(
        () => /Dashboard +(http:\S+)\/sign-in#code=(vdl_\S+)/.exec(up.told()) ?? undefined,
        'the link',
        50_000,
      );
      const [, url = '', code = ''] = link;
      expect(url).not.toContain(`:${port}`);
      const signIn = await fetch(`${url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      });
      const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
      const ask = async (path: string) =>
        (await fetch(`${url}/api/v1${path}`, { headers: { cookie } })).json();
      expect(await ask('/session')).toMatchObject({
        scope: 'admin',
        temporalUiUrl: expect.stringMatching(/^http:/),
      });
      expect(await ask('/runs')).toEqual({ runs: [], nextCursor: null });
      const page = await fetch(`${url}/events?level=high`, { headers: { accept: 'text/html' } });
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await page.text()).toContain('<title>vedette</title>');

      const pidFile = join(home.home, 'run', 'api.pid');
      const pid = Number(readFileSync(pidFile, 'utf8'));
      process.kill(pid, 'SIGKILL');
      await until(() => Number(readFileSync(pidFile, 'utf8')) !== pid, 'another API process');
      while (
        !(await ask('/session').then(
          () => true,
          () => false,
        ))
      )
        await sleep(50);
      const other = await home.run(['token', 'link', '--scope', 'read']);
      expect(other.stdout).toMatch(new RegExp(`^${url}/sign-in#code=vdl_\\S+\\n$`));
    } finally {
      up.child.kill('SIGINT');
      const { code } = await up.ended;
      expect(code).toBe(0);
      squatter.close();
    }
    expect(existsSync(join(home.home, 'run', 'api.pid'))).toBe(false);
    const logs = readdirSync(join(home.home, 'log')).map((file) =>
      readFileSync(join(home.home, 'log', file), 'utf8'),
    );
    expect(logs.join('')).not.toContain('vdl_');
  }, 120_000);
});
