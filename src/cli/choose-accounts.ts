import { createInterface } from 'node:readline/promises';
import type { Profile } from '../accounts/profiles.ts';
import { listProfiles } from '../accounts/profiles.ts';
import {
  distinctTargets,
  matchAccounts,
  parseSelection,
  profileTarget,
  selectionMenu,
} from '../accounts/select.ts';
import { VedetteError } from '../errors.ts';
import type { Target } from '../model/target.ts';
import type { CommandContext } from './command-context.ts';

/**
 * The accounts that the command line means. Several profiles of one account are asked about on a terminal;
 * without one nothing is ever asked.
 *
 * @throws VedetteError `account-unknown`, `nothing-to-scan` or `usage`.
 */
export async function chooseAccounts(
  { config, signal }: CommandContext,
  { account = [], all = false }: { account?: readonly string[]; all?: boolean },
): Promise<Target[]> {
  const profiles = await listProfiles(config);
  if (profiles.length === 0)
    throw new VedetteError('nothing-to-scan', 'The AWS configuration has no profiles.');
  if (all) return profiles.map(profileTarget);
  const chosen: Profile[] = [];
  if (account.length === 0) {
    chosen.push(
      ...(await ask(
        selectionMenu(null, profiles),
        profiles,
        'Name one with --account, or take --all.',
        signal,
      )),
    );
  }
  for (const nameOrId of account) {
    const matches = matchAccounts(profiles, nameOrId);
    if (matches.length <= 1) chosen.push(...matches);
    else {
      const remedy = `Name the profile: ${matches.map(({ profile }) => `--account ${profile}`).join(', ')}.`;
      chosen.push(...(await ask(selectionMenu(nameOrId, matches), matches, remedy, signal)));
    }
  }
  if (chosen.length === 0) throw new VedetteError('nothing-to-scan', 'No account was chosen.');
  return distinctTargets(chosen.map(profileTarget));
}

async function ask(
  menu: { text: string; prompt: string },
  profiles: readonly Profile[],
  remedy: string,
  signal: AbortSignal,
): Promise<Profile[]> {
  if (!process.stdin.isTTY) {
    throw new VedetteError(
      'usage',
      `There are ${profiles.length} accounts to choose from, and no terminal to ask on.`,
      {
        remedy,
      },
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // It has taken Ctrl-C from the terminal.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    for (;;) {
      const answer = await terminal.question(`${menu.text}\n${menu.prompt}`, { signal });
      const selection = parseSelection(answer, profiles.length);
      if (selection.kind === 'cancel') return [];
      if (selection.kind === 'chosen') return selection.indexes.map((index) => profiles[index] as Profile);
      terminal.write(`${selection.problem}\n`);
    }
  } finally {
    terminal.close();
  }
}
