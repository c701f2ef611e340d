import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { silent } from '../../src/log.ts';
import { openMigratedStore } from '../../src/store/database/open.ts';
import { persistScan } from '../../src/store/scans/persist.ts';
import { createCliHome } from '../support/cli.ts';
import type { CliHome } from '../support/cli.ts';
import { madeUpDetection, observeCoverage } from '../support/coverage.ts';
import { ACCOUNT, at } from '../support/observations.ts';
import { INPUT } from '../support/scan-input.ts';
import { testConfig, workContext } from '../support/stores.ts';

let home: CliHome;
beforeAll(async () => {
  home = createCliHome();
  const store = await openMigratedStore(testConfig({ general: { home: home.home } }), silent);
  await persistScan(store, observeCoverage(at(1), [madeUpDetection()]), INPUT, workContext());
  await store.close();
}, 20_000);
afterAll(() => home?.remove());

test('controls are listed with what speaks for them, the worst first', async () => {
  const args = ['coverage', 'controls', '--framework', 'cis-controls-v8', '-o', 'json'];
  const { code, stdout } = await home.run(args);
  expect(code).toBe(0);
  const { controls } = JSON.parse(stdout) as {
    controls: { id: string; framework: string; effective: number | null }[];
  };
  expect(new Set(controls.map(({ framework }) => framework))).toEqual(new Set(['cis-controls-v8']));
  // Data of one service alone is in use, and its deletion is watched.
  expect(controls.find(({ id }) => id === '3.5')).toMatchObject({
    title: expect.any(String),
    techniqueCoverage: expect.any(Number),
    serviceCoverage: expect.any(Number),
    inScopeServices: expect.arrayContaining(['S3']),
    coveredServices: expect.arrayContaining(['S3']),
    uncoveredServices: expect.any(Array),
    status: expect.stringMatching(/^(covered|partial)$/),
  });
  const figures = controls.flatMap(({ effective }) => effective ?? []);
  expect(figures).toEqual(figures.toSorted((one, other) => one - other));
  expect(controls.at(-1)?.effective).toBeNull();
}, 20_000);

test('what was not seen is listed', async () => {
  const { code, stdout, stderr } = await home.run(['coverage', 'unseen', '-o', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    unseen: [
      {
        accountId: ACCOUNT,
        call: 'rds:DescribeDBInstances',
        region: 'eu-west-1',
        reason: 'denied (AccessDenied)',
      },
    ],
  });
  expect(stderr).toContain('RDS');
}, 20_000);
