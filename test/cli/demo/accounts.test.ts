import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { isShown, openDemoAccounts } from '../../../src/cli/demo/accounts.ts';
import { VedetteError } from '../../../src/errors.ts';
import { sources } from '../../../src/sources/registry.ts';
import { scoutsuite } from '../../../src/sources/scoutsuite/index.ts';
import type { Scanner, SourceDemo } from '../../../src/sources/source.ts';
import { testConfig } from '../../support/stores.ts';
import { tiny } from '../../support/tiny-source/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'vedette-demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Needs a Python that is not there; its recorded scans do not. */
const demo: SourceDemo = {
  simulated: () => Promise.reject(new VedetteError('python-missing', 'There is no Python.')),
  recorded: async () => ({
    environment: { TINY_RECORDED: 'yes' },
    profile: (accountId) => ({ tiny_account: accountId }),
  }),
};
const replaying: Scanner = { ...tiny, demo };
const onlyReal: Scanner = { ...tiny, id: 'only-real', demo: { simulated: demo.simulated } };
const ACCOUNTS = [{ profile: 'acme', accountId: '111111111111', prefix: 'acme', regions: ['us-east-1'] }];

function open(shown: readonly Scanner[]) {
  return openDemoAccounts(testConfig({ general: { home: folder } }), {
    accounts: ACCOUNTS,
    sources: shown.filter(isShown),
    folder,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
}

test('every source that has something to show joins', () => {
  const shown = [...sources.scanners, tiny, replaying].filter(isShown);
  expect(shown.map(({ id }) => id)).toEqual(['scoutsuite', 'checks', 'tiny']);
});

describe('without Python', () => {
  test('the sources that have recorded scans replay them, each with its own words', async () => {
    const {
      title,
      sources: shown,
      environment,
      change,
      stop,
    } = await open([replaying, onlyReal, scoutsuite]);
    expect(title).toBe('recorded scans of 1 accounts');
    expect(shown.map(({ id }) => id)).toEqual(['tiny', 'scoutsuite']);
    expect(environment).toEqual({
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      TINY_RECORDED: 'yes',
      VEDETTE_SCOUT_COMMAND: expect.stringMatching(/recorded-scout\.js$/),
    });
    expect(readFileSync(join(folder, 'config'), 'utf8')).toBe(
      '[profile acme]\ntiny_account = 111111111111\nrecorded_account = 111111111111\nrecorded_delay_seconds = 2\n',
    );
    await change();
    await stop();
  });

  test('any other failure ends the demo', async () => {
    const broken: Scanner = {
      ...tiny,
      demo: { ...demo, simulated: () => Promise.reject(new VedetteError('disk-full', 'Nothing fits.')) },
    };
    await expect(open([broken])).rejects.toMatchObject({ type: 'disk-full' });
  });
});
