import { setTimeout as sleep } from 'node:timers/promises';
import { awsFailure } from '../../aws/failures.ts';
import type { AwsError } from '../../aws/failures.ts';
import type { ObjectFinding, ObjectOutcome } from '../../model/object-ledger.ts';
import type { Bucket, BucketObject } from './bucket.ts';
import { inMemory, readWhole } from './content/input.ts';
import { ContentProblem } from './content/problem.ts';
import { scanContent } from './content/scan-content.ts';
import type { ContentLimits, MemberProblem } from './content/scan-content.ts';
import type { DetectorSet } from './detectors/detector-set.ts';

export interface ObjectScan {
  set: DetectorSet;
  limits: ContentLimits;
  maxBytes: number;
  maxMatches: number;
  signal: AbortSignal;
}

const ATTEMPTS = 3;
const PAUSE_MS = 500;
/** Read at once: one request for most objects. */
const WHOLE_BYTES = 1024 * 1024;
/** Nobody can read them before they are restored. */
const ARCHIVED = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/** Looks at one object: three times at most, and each time from its beginning. Fails only when the signal is aborted. */
export async function scanObject(
  bucket: Bucket,
  object: BucketObject,
  scan: ObjectScan,
): Promise<ObjectOutcome> {
  const { key, size, storageClass } = object;
  const skipped = (reason: string) => outcomeOf(object, 'skipped', reason);
  if (key.endsWith('/') && size === 0) return outcomeOf(object, 'succeeded', null);
  if (ARCHIVED.has(storageClass)) return skipped(`its storage class is ${storageClass}`);
  if (size > scan.maxBytes) return skipped(`it has ${size} bytes, more than ${scan.maxBytes}`);
  let current = object;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await scanOnce(bucket, current, scan);
    } catch (error) {
      scan.signal.throwIfAborted();
      if (error instanceof ContentProblem) return outcomeOf(current, error.kind, error.message);
      const verdict = verdictOn(error, bucket.region);
      if (verdict.kind === 'changed' && attempt < ATTEMPTS) {
        const now = await listedNow(bucket, key).catch(() => null);
        if (now === null) return skipped('it is gone');
        current = now;
      } else if (verdict.kind !== 'passing' || attempt === ATTEMPTS) {
        return outcomeOf(current, verdict.kind === 'skipped' ? 'skipped' : 'failed', verdict.reason);
      }
      await sleep(PAUSE_MS * 2 ** attempt * Math.random(), undefined, { signal: scan.signal });
    }
  }
}

async function scanOnce(bucket: Bucket, object: BucketObject, scan: ObjectScan): Promise<ObjectOutcome> {
  const { set, limits, signal, maxMatches } = scan;
  const findings: ObjectFinding[] = [];
  const matches: Record<string, number> = {};
  let count = 0;
  const content = bucket.content(object);
  const access =
    object.size === 0 || object.size > WHOLE_BYTES
      ? content
      : inMemory(await readWhole(content, 0, object.size));
  const { bytes, problems, problemCount } = await scanContent(access, { set, limits, signal }, (match) => {
    const { id } = match.detector;
    matches[id] = (matches[id] ?? 0) + 1;
    count += 1;
    if (count > maxMatches) return;
    const { offset: byteOffset, length, member } = match;
    const { maskedMatch, context } = match.show();
    findings.push({ detector: id, byteOffset, length, member, maskedMatch, context });
  });
  const failed = problems.find(({ kind }) => kind === 'failed');
  const reasons = [
    ...(problemCount === 0 ? [] : [problemText(failed ?? (problems[0] as MemberProblem), problemCount)]),
    ...(count > maxMatches ? [`${count - maxMatches} more matches are counted only`] : []),
  ];
  const status = failed === undefined ? 'succeeded' : 'failed';
  return { ...outcomeOf(object, status, reasons.join('; ') || null), matches, bytes, findings };
}

function problemText({ member, reason }: MemberProblem, count: number): string {
  return `${member ?? 'a part'}: ${reason}${count > 1 ? `, and ${count - 1} more parts` : ''}`;
}

function outcomeOf(
  { key, etag }: BucketObject,
  status: ObjectOutcome['status'],
  reason: string | null,
): ObjectOutcome {
  return { key, etag, status, reason, matches: {}, isKnown: false, bytes: 0, findings: [] };
}

type Verdict = { kind: 'changed' | 'passing' | 'skipped' | 'failed'; reason: string };

/** What it means that an object could not be read. */
function verdictOn(error: unknown, region: string): Verdict {
  const { name, $metadata, message } = error as AwsError;
  const status = $metadata?.httpStatusCode;
  if (status === 412) return { kind: 'changed', reason: 'it changed while it was read' };
  if (status === 404) return { kind: 'skipped', reason: 'it is gone' };
  if (name === 'InvalidObjectState') return { kind: 'skipped', reason: 'it is archived' };
  const { kind, code } = awsFailure(error, { service: 's3', operation: 'GetObject', region });
  if (kind === 'denied')
    return { kind: 'skipped', reason: 'access is denied to it, or to the key that it is encrypted with' };
  if (status === 400) return { kind: 'skipped', reason: `it cannot be read: ${code}` };
  return { kind: 'passing', reason: `${code}: ${message}` };
}

/** The object as it is now; null where it is not there any more. */
async function listedNow(bucket: Bucket, key: string): Promise<BucketObject | null> {
  const { objects } = await bucket.list({ after: keyBefore(key), upTo: key });
  return objects.find((object) => object.key === key) ?? null;
}

/** A key before this one with little between them. */
export function keyBefore(key: string): string {
  const characters = Array.from(key);
  const last = characters.pop()?.codePointAt(0) ?? 0;
  if (last === 0) return characters.join('');
  const before = last === 0xe0_00 ? 0xd7_ff : last - 1;
  return characters.join('') + String.fromCodePoint(before);
}
