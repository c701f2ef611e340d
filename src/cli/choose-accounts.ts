import { createInterface } from 'node:readline/promises';
import { listProfiles, loadAwsConfiguration } from '../accounts/profiles.ts';
import {
  distinctTargets,
  matchAccounts,
  parseSelection,
  profileTarget,
  selectionMenu,
} from '../accounts/select.ts';
import { shellWord } from '../accounts/shell-words.ts';
import { listTargets } from '../accounts/targets.ts';
import { VedetteError } from '../errors.ts';
import type { Target } from '../model/target.ts';
import { isDatabaseMade, lazyStore } from '../store/database/open.ts';
import { tellWarnings } from './aws-warnings.ts';
import type { CommandContext } from './command-context.ts';

/**
 * The accounts that the command line means. Several profiles of one account are asked about on a terminal;
 * without one nothing is ever asked.
 *
 * @throws VedetteError `account-unknown`, `nothing-to-scan` or `usage`.
 */
export async function chooseAccounts(
  context: CommandContext,
  { account, all = false }: { account?: readonly string[]; all?: boolean },
): Promise<Target[]> {
  const { signal } = context;
  const known = await knownTargets(context, account);
  if (account === undefined) tellWarnings(await loadAwsConfiguration(context.config));
  if (known.length === 0)
    throw new VedetteError(
      'nothing-to-scan',
      'There is no profile in the AWS configuration, and no account.',
    );
  if (all) return known;
  const chosen: Target[] = [];
  if (account === undefined) {
    const remedy = 'Name one with --account, or take --all.';
    chosen.push(...(await ask(selectionMenu(null, known), known, remedy, signal)));
  }
  for (const nameOrId of account ?? []) {
    const matches = matchAccounts(known, nameOrId);
    if (matches.length <= 1) chosen.push(...matches);
    else {
      const remedy = `Name the profile: ${matches.map(({ name }) => `--account ${shellWord(name)}`).join(', ')}.`;
      chosen.push(...(await ask(selectionMenu(nameOrId, matches), matches, remedy, signal)));
    }
  }
  if (chosen.length === 0) throw new VedetteError('nothing-to-scan', 'No account was chosen.');
  return distinctTargets(chosen);
}

/** What the organisation can scan, as far as the names need it; looking makes no database. */
export async function knownTargets(
  { config, logger }: CommandContext,
  names?: readonly string[],
): Promise<Target[]> {
  if (!isDatabaseMade(config)) return (await listProfiles(config)).map(profileTarget);
  const store = lazyStore(config, logger);
  try {
    return await listTargets(config.general.organizationId, { config, store: store.get }, names);
  } finally {
    await store.close();
  }
}

async function ask(
  menu: { text: string; prompt: string },
  targets: readonly Target[],
  remedy: string,
  signal: AbortSignal,
): Promise<Target[]> {
  if (!process.stdin.isTTY) {
    throw new VedetteError(
      'usage',
      `There are ${targets.length} accounts to choose from, and no terminal to ask on.`,
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
      const selection = parseSelection(answer, targets.length);
      if (selection.kind === 'cancel') return [];
      if (selection.kind === 'chosen') return selection.indexes.map((index) => targets[index] as Target);
      terminal.write(`${selection.problem}\n`);
    }
  } finally {
    terminal.close();
  }
}
