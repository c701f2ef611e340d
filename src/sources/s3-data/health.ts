import type { SourceConfig } from '../source.ts';
import { detectorSet } from './detectors/detector-set.ts';
import type { s3DataSettings } from './settings.ts';

/** @throws VedetteError `usage` when a configured detector is none */
export async function checkDetectors({ settings }: SourceConfig<typeof s3DataSettings>): Promise<string> {
  const { reported } = detectorSet(settings.detectors, settings.custom);
  return `${reported.length} detectors (${reported.map(({ id }) => id).join(', ')})`;
}
