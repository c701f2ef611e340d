import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../settings.ts';
import type { Config } from '../../settings.ts';

/** Defaults, whatever is set for real scans; only what setup installed is shared, and which ports are wanted. */
export function ownConfig(shared: Config, { home, cli }: { home: string; cli: string }): Config {
  const { config } = loadConfig({ general: { home } }, home, {});
  const { port, uiPort } = shared.temporal;
  return {
    ...config,
    temporal: { ...config.temporal, cli, port, uiPort },
    api: { ...config.api, address: shared.api.address },
  };
}

/** Removes what an earlier demo left; its logs stay. */
export async function clearHome(home: string): Promise<void> {
  const names = [
    'vedette.db',
    'vedette.db-wal',
    'vedette.db-shm',
    'temporal.db',
    'temporal.db-wal',
    'temporal.db-shm',
  ];
  for (const name of [...names, 'artifacts', 'aws', 'mail'])
    await rm(join(home, name), { recursive: true, force: true });
}
