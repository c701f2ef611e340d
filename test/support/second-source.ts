import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VedetteError } from '../../src/errors.ts';
import { defineSource } from '../../src/sources/source.ts';
import { ACCOUNT, observe } from './observations.ts';

const state = { failing: false };

/** A source beside the product's: finds one open port of whatever account it is told to look at, or fails. */
export const second = defineSource({
  id: 'second',
  title: 'Second',
  permissions: { managedPolicies: [], actions: [] },
  settings: {},
  setup: [],
  check: async () => 'Second',
  importable: null,
  demo: null,
  async collect({ target, folder }) {
    if (state.failing) {
      throw new VedetteError('credentials', `Second does not get into ${target.name}.`);
    }
    const accountId = target.accountId ?? ACCOUNT;
    const file = join(folder, 'second.json');
    writeFileSync(file, JSON.stringify({ accountId, scanTime: new Date().toISOString() }));
    return { file, companions: [], accountId, exitCode: 0 };
  },
  interpret(file) {
    const facts = JSON.parse(readFileSync(file, 'utf8')) as { accountId: string; scanTime: string };
    return observe({ ...facts, source: 'second', events: [{}] });
  },
});

/** Makes the scans of the second source fail, or no longer. */
export function failSecond(failing: boolean): void {
  state.failing = failing;
}
