import { join } from 'node:path';
import type { Config } from '../../settings.ts';

/** Where the embedded database is, once it was opened. */
export function sqliteFile({ general }: Config): string {
  return join(general.home, 'vedette.db');
}
