import type { Config } from '../settings.ts';
import type { CommandContext } from './command-context.ts';
import { readStore } from './read-store.ts';

/** The configuration that holds for the organisation that a command works for; looking makes no database. */
export async function organisationConfig(context: CommandContext): Promise<Config> {
  const { settingsFor } = await import('../store/organizations/settings.ts');
  const { config } = context;
  const own = await readStore(context, (store) => settingsFor(store, config, config.general.organizationId));
  return own ?? config;
}
