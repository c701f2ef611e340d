import type { AllowedCall } from '../../aws/read-only.ts';
import { collectedBySnapshot } from '../snapshot-units.ts';
import { calls } from './calls.ts';
import type { detectionsSettings } from './settings.ts';

/** Each call once in each region, whatever is asked for: what a rule tells may be anywhere. */
export const ALL_CALLS = Object.keys(calls) as AllowedCall[];

export const collectedForDetections = collectedBySnapshot<typeof detectionsSettings>({
  source: 'detections',
  table: calls,
  choose: ({ settings }) => ({ calls: ALL_CALLS, asked: {}, timeoutMs: settings.timeoutMs }),
});
