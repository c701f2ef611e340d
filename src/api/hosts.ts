import { hostAndPort, isLoopback, LOOPBACK_NAMES, withoutBrackets } from '../config/listen-address.ts';
import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import type { App } from './api.ts';

/**
 * Refuses requests for other hosts than ours: a page elsewhere whose name was made to lead here would otherwise be taken for
 * the dashboard. Whoever listens beyond the loopback interface without naming a public URL is known by any name.
 */
export function refuseForeignHosts(app: App, { api }: Config): void {
  const { host } = hostAndPort(api.address);
  if (!isLoopback(host) && api.publicUrl === undefined) return;
  const known = new Set<string>([...LOOPBACK_NAMES, host]);
  if (api.publicUrl !== undefined) known.add(withoutBrackets(new URL(api.publicUrl).hostname));
  app.addHook('onRequest', async (request) => {
    if (known.has(withoutBrackets(request.hostname))) return;
    throw new VedetteError('forbidden', `${JSON.stringify(request.host)} is not the name of this server.`, {
      remedy: 'Open it by its own address, or name the public one in VEDETTE_PUBLIC_URL.',
    });
  });
}
