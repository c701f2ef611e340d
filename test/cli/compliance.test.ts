import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { silent } from '../../src/log.ts';
import { openMigratedStore } from '../../src/store/database/open.ts';
import { storeChecksScan } from '../support/checks-scan.ts';
import { createCliHome } from '../support/cli.ts';
import type { CliHome } from '../support/cli.ts';
import { testConfig } from '../support/stores.ts';

const ACCOUNT = '111111111111';

let home: CliHome;
beforeAll(async () => {
  home = createCliHome();
  home.profiles({ production: { sso_account_id: ACCOUNT } });
  const store = await openMigratedStore(testConfig({ general: { home: home.home } }), silent);
  await storeChecksScan(store, { accountId: ACCOUNT, scanTime: '2026-11-22T12:00:00.000Z', failEvery: 3 });
  await store.close();
}, 20_000);
afterAll(() => home?.remove());

test('show prints the documented JSON, of accounts by name', async () => {
  const { code, stdout } = await home.run([
    'compliance',
    'show',
    'cis-5.0',
    '--account',
    'production',
    '-o',
    'json',
  ]);
  expect(code).toBe(0);
  const shown = JSON.parse(stdout) as { requirements: { state: string }[]; score: { total: number } };
  expect(shown).toMatchObject({ framework: 'cis-5.0', version: '5.0', accounts: [ACCOUNT] });
  expect(shown.requirements).toHaveLength(shown.score.total);
  expect(shown.requirements).toContainEqual(
    expect.objectContaining({
      id: '1.4',
      title: 'Root signs in with MFA',
      state: expect.stringMatching(/^(pass|fail)$/),
      checks: [
        expect.objectContaining({
          checkId: 'iam-root-mfa',
          mapping: 'published',
          pass: expect.any(Number),
          fail: expect.any(Number),
          unknown: 0,
          suppressed: 0,
        }),
      ],
    }),
  );
}, 20_000);

test('a framework of the users’ own is listed, shown as CSV, and reported as HTML', async () => {
  const frameworks = join(home.folder, 'frameworks');
  mkdirSync(frameworks);
  writeFileSync(
    join(frameworks, 'acme.yaml'),
    'id: acme\nname: "=Acme <b>"\nversion: 1\nrequirements:\n  - {id: "1", title: Root, checks: [iam-root-mfa]}\n  - {id: "2", title: Locks}\n',
  );
  const environment = { VEDETTE_FRAMEWORKS: frameworks };
  const list = await home.run(['compliance', 'list', '-o', 'jsonl', '--fields', 'framework'], environment);
  expect(list.stdout.trim().split('\n').at(-1)).toBe('{"framework":"acme"}');
  const csv = await home.run(['compliance', 'show', 'acme', '-o', 'csv'], environment);
  expect(csv.stdout.split('\n')).toEqual([
    expect.stringMatching(/^FRAMEWORK,VERSION,REQUIREMENT,TITLE,/),
    expect.stringMatching(
      /^acme,1,1,Root,Requirements,(pass|fail),,[^,]*,111111111111=\w+,iam-root-mfa,published,\d+,\d+,0,0$/,
    ),
    'acme,1,2,Locks,Requirements,manual,,,111111111111=manual,,,,,,',
    '',
  ]);
  const html = await home.run(['compliance', 'show', 'acme', '-o', 'html'], environment);
  expect(html.stdout).toMatch(/^<!doctype html>/);
  expect(html.stdout).toContain('=Acme &lt;b&gt; 1');
  expect(html.stdout).toContain(`production (${ACCOUNT})`);
}, 40_000);

test('what there is not is named', async () => {
  const unknown = await home.run(['compliance', 'show', 'lgdp']);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean lgpd?')]);
  const account = await home.run(['compliance', 'list', '--account', '999999999999']);
  expect([account.code, account.stderr]).toEqual([
    0,
    expect.stringContaining('None of these accounts has been scanned'),
  ]);
}, 20_000);
