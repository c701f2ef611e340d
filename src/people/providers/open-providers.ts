import { VedetteError } from '../../errors.ts';
import type { Config } from '../../settings.ts';
import { GITHUB, gitHubProvider } from './github.ts';
import { openIdProvider } from './openid.ts';
import type { Provider } from './provider.ts';

/** The providers that the settings name, in their order; nothing is asked of them yet. */
export class Providers {
  readonly all: readonly Provider[];

  constructor({ signIn: { providers, clientSecrets } }: Config) {
    this.all = Object.entries(providers).map(([id, { kind, issuer, client, name = id }]) => {
      const clientSecret = Object.hasOwn(clientSecrets, id) ? clientSecrets[id] : undefined;
      const given = { id, name, client, clientSecret, issuer: issuer ?? GITHUB };
      return kind === 'github' ? gitHubProvider(given) : openIdProvider(given);
    });
  }

  /** @throws VedetteError `not-found` */
  named(id: string): Provider {
    const found = this.all.find((one) => one.id === id);
    if (found !== undefined) return found;
    throw new VedetteError('not-found', 'There is no such provider to sign in with.', {
      remedy: 'Sign in another way.',
    });
  }
}
