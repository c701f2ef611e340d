import { setting } from '../../config/setting.ts';
import type { Values } from '../../config/setting.ts';
import { choice, duration, text } from '../../config/types.ts';
import { DEPTHS } from './catalogue.ts';

export const checksSettings = {
  depth: setting(
    'VEDETTE_CHECKS_DEPTH',
    choice([...DEPTHS], 'standard'),
    'How far a scan by checks goes that names no depth.',
  ),
  frameworksFolder: setting(
    'VEDETTE_FRAMEWORKS',
    text.transform((value) => value ?? null),
    'Folder with frameworks of your own, one YAML file each.',
  ),
  timeoutMs: setting(
    'VEDETTE_CHECKS_TIMEOUT',
    duration('2h'),
    'Longest time that the calls for one account may take.',
  ),
};

export type ChecksSettings = Values<typeof checksSettings>;
