import { localUrl } from '../config/listen-address.ts';
import { findStack } from '../embedded/stack.ts';
import type { Scope } from '../model/access.ts';
import { createLink } from '../store/access/credentials.ts';
import { openMigratedStore } from '../store/database/open.ts';
import type { CommandContext } from './command-context.ts';

/**
 * A link to the dashboard that signs a browser in, once. The code stands behind the `#`, which browsers do not send: it gets
 * into no log.
 *
 * @param url of the dashboard; by default the public one, else where it is served
 */
export async function signInLink(
  { config, logger }: Pick<CommandContext, 'config' | 'logger'>,
  { scope = 'admin', url }: { scope?: Scope; url?: string } = {},
): Promise<string> {
  const store = await openMigratedStore(config, logger);
  try {
    const name = 'sign-in link';
    const link = { name, scope, createdBy: 'command line' };
    const { secret } = await createLink(store, config.general.organizationId, link);
    return `${await dashboardUrl({ config, logger }, url)}/sign-in#code=${secret}`;
  } finally {
    await store.close();
  }
}

/** The public address of the dashboard, else where it is served; without a slash at its end. */
export async function dashboardUrl(
  { config, logger }: Pick<CommandContext, 'config' | 'logger'>,
  url?: string,
): Promise<string> {
  const { publicUrl, address } = config.api;
  const base = publicUrl ?? url ?? (await findStack(config, logger))?.apiUrl ?? localUrl(address);
  return base.replace(/\/$/, '');
}
