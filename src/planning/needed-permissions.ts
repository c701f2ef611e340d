import type { ScanDepth } from '../model/depth.ts';
import { sourceConfig } from '../settings.ts';
import type { Config } from '../settings.ts';
import { sources } from '../sources/registry.ts';

/**
 * The single permissions that scans with these sources need together.
 *
 * @throws VedetteError `usage` for a source that is none
 */
export async function neededPermissions(
  config: Config,
  { named, depth }: { named: readonly string[]; depth?: ScanDepth | undefined },
): Promise<string[]> {
  const wanted = sources.named(named.length > 0 ? named : config.general.sources).map(sources.scannerById);
  const options = { services: [], regions: [], initial: false, ...(depth && { depth }) };
  const permissions = wanted.map(async (source) =>
    depth === undefined || source.permissionsFor === undefined
      ? source.permissions.actions
      : source.permissionsFor(sourceConfig(config, source), options),
  );
  return [...new Set((await Promise.all(permissions)).flat())].toSorted();
}
