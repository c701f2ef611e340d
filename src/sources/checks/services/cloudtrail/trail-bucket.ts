import { unknown } from '../../catalogue.ts';
import type { Outcome } from '../../catalogue.ts';
import type { Bucket } from '../s3/collect.ts';
import type { Trail } from './collect.ts';

/** Judges the bucket that a trail writes to, at the trail's home; one of another account cannot be looked at. */
export function inTrailBucket(
  { isHome, bucket }: Trail,
  buckets: readonly Bucket[],
  judge: (id: string) => Outcome,
): Outcome | null {
  if (!isHome) return null;
  const own = buckets.find(({ name }) => name === bucket);
  if (own === undefined) {
    return unknown(`failed: the bucket ${bucket} is not among those that were asked for`);
  }
  const outcome = judge(own.id);
  return { ...outcome, details: { bucket: own.id, ...outcome.details } };
}
