import { setting } from '../../config/setting.ts';
import type { Values } from '../../config/setting.ts';
import { choice, duration } from '../../config/types.ts';
import { DEPTHS } from './catalogue.ts';

export const checksSettings = {
  depth: setting(
    'VEDETTE_CHECKS_DEPTH',
    choice([...DEPTHS], 'standard'),
    'How far a scan by checks goes that names no depth.',
  ),
  timeoutMs: setting(
    'VEDETTE_CHECKS_TIMEOUT',
    duration('1h'),
    'Longest time that the calls to one region of an account may take.',
  ),
};

export type ChecksSettings = Values<typeof checksSettings>;
