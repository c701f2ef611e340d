import { setting } from '../../config/setting.ts';
import type { Values } from '../../config/setting.ts';
import { choice, duration, text, valuesByName } from '../../config/types.ts';
import { DEPTHS } from './catalogue.ts';

export const checksSettings = {
  depth: setting(
    'VEDETTE_CHECKS_DEPTH',
    choice([...DEPTHS], 'standard'),
    'How far a scan by checks goes that names no depth.',
  ),
  frameworksFolder: setting(
    'VEDETTE_FRAMEWORKS',
    text,
    'Folder with frameworks of your own, one YAML file each; none without it.',
  ),
  folder: setting(
    'VEDETTE_CHECKS_FOLDER',
    text,
    'Folder with checks of your own, as YAML files; none without it.',
  ),
  parameters: setting(
    'VEDETTE_CHECKS_PARAMETERS',
    valuesByName,
    'Thresholds of checks: in YAML by check and name, in the environment as `check.name=value`, comma-separated.',
  ),
  timeoutMs: setting(
    'VEDETTE_CHECKS_TIMEOUT',
    duration('1h'),
    'Longest time that the calls to one region of an account may take.',
  ),
};

export type ChecksSettings = Values<typeof checksSettings>;
