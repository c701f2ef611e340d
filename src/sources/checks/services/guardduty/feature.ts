import { failIf } from '../../catalogue.ts';
import type { Outcome } from '../../catalogue.ts';
import type { DetectorSettings } from './collect.ts';

/** Whether one of these features is on; a detector that is not enabled is judged by another check. */
export function judgeFeature(detector: DetectorSettings | null, names: readonly string[]): Outcome | null {
  if (detector === null || !detector.enabled) return null;
  return failIf(!names.some((name) => detector.features.includes(name)), { enabled: detector.features });
}
