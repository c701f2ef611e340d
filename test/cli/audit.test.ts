import { afterAll, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { AUDITED, nameOf } from '../../src/cli/audit.ts';
import { createProgram } from '../../src/cli/main.ts';
import { silent } from '../../src/log.ts';
import { loadConfig } from '../../src/settings.ts';
import { listAudit } from '../../src/store/access/audit.ts';
import { openStore } from '../../src/store/database/open.ts';
import { createCliHome, recorded } from '../support/cli.ts';

/** They look, wait, or make ready; what `up`, `worker` and `demo` do is recorded by those who ask them to. */
const READING = [
  '__complete',
  'account list',
  'account show',
  'account template',
  'audit list',
  'check list',
  'check show',
  'completion',
  'compliance list',
  'compliance show',
  'config show',
  'config validate',
  'coverage controls',
  'coverage detections',
  'coverage gaps',
  'coverage history',
  'coverage map',
  'coverage show',
  'coverage technique',
  'coverage template',
  'coverage unseen',
  'demo',
  'detect',
  'doctor',
  'event list',
  'event show',
  'finding list',
  'invite list',
  'migrate status',
  'migrate up',
  'notify preview',
  'notify test',
  'organisation list',
  'organisation settings',
  'organisation show',
  'parse',
  'policy',
  'profiles list',
  's3 job',
  's3 jobs',
  's3 objects',
  's3 results',
  'scan list',
  'scan show',
  'schedule list',
  'schedule show',
  'serve',
  'session list',
  'setup',
  'snapshot evaluate',
  'snapshot get',
  'snapshot list',
  'status',
  'suppression list',
  'token list',
  'up',
  'user list',
  'verdict list',
  'version',
  'view360 iam-policy',
  'view360 query',
  'view360 status',
  'worker',
  'worker builds',
  'worker promote',
];

const home = createCliHome();
afterAll(() => home.remove());

function runnable(command: Command): Command[] {
  const below = command.commands.flatMap(runnable);
  return below.length === 0 || command.name() === 'worker' ? [command, ...below] : below;
}

test('every command is either audited or changes nothing', () => {
  const all = createProgram().commands.flatMap(runnable).map(nameOf);
  expect(all.toSorted()).toEqual([...Object.keys(AUDITED), ...READING].toSorted());
});

test('what was done, and what was refused, is recorded with who did it to what', async () => {
  await home.run(['import', recorded('111111111111', 1), '--db-password', 'a-secret']);
  await home.run(['event', 'suppress', '1', '2', '--reason', 'accepted']);
  await home.run(['token', 'revoke', '4711']);
  await home.run(['event', 'list']);
  const { config } = loadConfig({ general: { home: home.home } }, home.folder, {});
  const store = await openStore(config, silent);
  try {
    const { entries } = await listAudit(store, 'default', { limit: 10 });
    const actor = expect.stringMatching(/^command line \(.+@.+\)$/);
    expect(entries).toEqual([
      expect.objectContaining({ actor, action: 'tokens.revoke', target: 'tokens/4711', outcome: 'refused' }),
      expect.objectContaining({ actor, action: 'events.suppress', target: 'events/1,2', outcome: 'done' }),
      expect.objectContaining({ actor, action: 'scans.import', target: 'scans/1', outcome: 'done' }),
    ]);
    expect(JSON.stringify(entries)).not.toContain('a-secret');
    expect(entries[1]?.details).toMatchObject({ before: null, after: { reason: 'accepted', events: 2 } });
  } finally {
    await store.close();
  }
}, 60_000);
