import { setting } from '../../config/setting.ts';
import type { Values } from '../../config/setting.ts';
import { duration } from '../../config/types.ts';

export const detectionsSettings = {
  timeoutMs: setting(
    'VEDETTE_DETECTIONS_TIMEOUT',
    duration('30m'),
    'Longest time that the calls for one region of an account may take in a scan of detections.',
  ),
};

export type DetectionsSettings = Values<typeof detectionsSettings>;
