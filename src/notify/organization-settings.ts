import type { Config } from '../settings.ts';

/**
 * The settings that an organisation's messages are made and sent with: those of the installation, for all of them. The
 * one place to ask, so that an organisation can come to have its own.
 */
export function settingsFor(installation: Config, _organizationId: string): Promise<Config> {
  return Promise.resolve(installation);
}
