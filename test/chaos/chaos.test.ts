import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packageRoot } from '../../src/package-root.ts';
import { differences } from './compare.ts';
import { AIMS, COMPONENTS, planFaults } from './faults.ts';
import { chance } from './random.ts';
import { playRound } from './round.ts';

/** More rounds, on both databases: `npm run chaos`. */
const SEED = 10;

test('what killed processes leave equals what an undisturbed round leaves', async () => {
  if (!existsSync(join(packageRoot(), 'dist', 'workflow-bundle.js')))
    throw new Error('The rounds run the built program: npm run build.');
  const round = { accounts: 2, database: 'sqlite', faults: 1 } as const;
  const undisturbed = await playRound({ ...round, seed: 0, faults: 0 });
  expect(undisturbed.problems).toEqual([]);
  expect(undisturbed.tables['scans']).toHaveLength(4);

  const { problems, faults } = await playRound({ ...round, seed: SEED, expected: undisturbed.tables });
  expect(faults.length).toBeGreaterThan(0);
  expect(problems).toEqual([]);
}, 240_000);

describe('the comparison', () => {
  const tables = {
    events: [
      { account_id: '1', level: 'high' },
      { account_id: '2', level: 'low' },
    ],
  };

  test('finds nothing where nothing differs', () => {
    const same = { events: tables.events.map((row) => ({ ...row })) };
    expect(differences(same, tables)).toEqual([]);
  });

  test('names what was changed, lost and added', () => {
    const changed = { events: [{ account_id: '1', level: 'low' }] };
    expect(differences(changed, tables)).toEqual([
      'events: 1 rows, not 2',
      'events[0]: level "low", not "high"',
      'events[1]: missing',
    ]);
    expect(differences({ events: [...tables.events, {}] }, tables)).toEqual(['events: 3 rows, not 2']);
  });
});

test('a seed repeats its faults, and every component and stage is struck sooner or later', () => {
  const plan = planFaults(chance(7), 300);
  expect(planFaults(chance(7), 300)).toEqual(plan);
  expect(new Set(plan.map(({ component }) => component))).toEqual(new Set(COMPONENTS));
  expect(new Set(plan.map(({ aim }) => aim))).toEqual(new Set(AIMS));
});
