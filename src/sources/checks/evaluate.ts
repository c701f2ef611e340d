import type { AwsFailureKind } from '../../aws/failures.ts';
import type { AllowedCall } from '../../aws/read-only.ts';
import { arnOf } from '../../collect/call.ts';
import type { CollectedItem } from '../../collect/call.ts';
import type { ErrorLine, ItemLine, SnapshotHead, SnapshotLine } from '../../collect/snapshot.ts';
import { calls } from './calls.ts';
import type { Check, Outcome, View } from './catalogue.ts';

/** Why a call has no answer. */
export type UnknownReason = 'denied' | 'unsupported' | 'throttled' | 'failed';

/** What one check says of one resource; of a whole region or account where it is unknown what is there. */
export interface Verdict {
  checkId: string;
  verdict: 'pass' | 'fail' | 'unknown';
  service: string;
  /** Null for a global resource. */
  region: string | null;
  /** Null where the resources themselves are unknown. */
  resourceId: string | null;
  resourceArn: string | null;
  resourceName: string | null;
  resourceType: string;
  /** Of an unknown one: `denied: ec2:DescribeVolumes (UnauthorizedOperation)`. */
  reason: string | null;
  subKey: string;
  details: Readonly<Record<string, unknown>>;
}

const REASONS: Readonly<Partial<Record<AwsFailureKind, UnknownReason>>> = {
  denied: 'denied',
  throttled: 'throttled',
  unsupported: 'unsupported',
  'region-disabled': 'unsupported',
};

/** What is known of one region, or of what has none. */
interface Place {
  region: string | null;
  items: Map<AllowedCall, Map<string, ItemLine>>;
  /** By call, and by resource where only one has no answer. */
  errors: Map<string, ErrorLine>;
  /** What has been listed, as checks have asked for it. */
  lists: Map<AllowedCall, readonly CollectedItem[]>;
}

/**
 * Judges a snapshot: the same lines and checks give the same verdicts, whenever that is done. In memory are the services
 * without regions, one region at a time, and of all regions what is judged over all of them.
 */
export async function* evaluate(
  head: SnapshotHead,
  lines: AsyncIterable<SnapshotLine>,
  checks: readonly Check[],
): AsyncGenerator<Verdict> {
  const ofAccount = checks.filter(({ isGlobal, isOverall }) => isGlobal && !isOverall);
  const ofRegions = checks.filter(({ isGlobal, isOverall }) => !isGlobal && !isOverall);
  const overall = new Overall(checks.filter(({ isOverall }) => isOverall));
  let account: Place = emptyPlace(null);
  let place = account;
  const due = new Set(head.regions);

  function* close(): Generator<Verdict> {
    if (place.region === null) {
      account = place;
      for (const check of ofAccount) yield* judgeAll(head, check, { place, account });
    } else {
      due.delete(place.region);
      for (const check of ofRegions) yield* judgeAll(head, check, { place, account });
      overall.add(place, account);
    }
  }

  for await (const line of lines) {
    if (line.kind === 'head' || line.kind === 'end') continue;
    if (line.region !== place.region) {
      yield* close();
      place = emptyPlace(line.region);
    }
    if (line.kind === 'error') addError(place, line);
    else {
      const listed = place.items.get(line.call) ?? new Map<string, ItemLine>();
      place.items.set(line.call, listed);
      if (line.kind === 'item') listed.set(line.item.id, line);
    }
  }
  yield* close();
  for (const region of due) {
    place = emptyPlace(region);
    yield* close();
  }
  for (const check of overall.checks) {
    yield* judgeAll(head, check, { place: overall.place, account, gap: overall.gaps.get(check.id) });
  }
}

function emptyPlace(region: string | null): Place {
  return { region, items: new Map(), errors: new Map(), lists: new Map() };
}

/** Of several of one thing the first counts. */
function addError({ errors }: Place, line: ErrorLine): void {
  const key = errorKey(line.call, line.resource);
  if (!errors.has(key)) errors.set(key, line);
}

function errorKey(call: AllowedCall, resource = ''): string {
  return `${call}\n${resource}`;
}

/** What is kept of each region for the checks that are judged over all of them. */
class Overall {
  readonly checks: readonly Check[];
  readonly place = emptyPlace(null);
  /** By check, why something that it needs has no answer in some region. */
  readonly gaps = new Map<string, string>();
  readonly #lists: readonly AllowedCall[];

  constructor(checks: readonly Check[]) {
    this.checks = checks;
    this.#lists = [...new Set(checks.flatMap(({ needs }) => needs.map(listNameOf)))];
  }

  add(region: Place, account: Place): void {
    for (const { id, needs } of this.checks) {
      const gap = needs.map((name) => unansweredList(name, region, account)).find(Boolean);
      if (gap !== undefined && !this.gaps.has(id)) this.gaps.set(id, gap);
    }
    for (const name of this.#lists) {
      const listed = region.items.get(name);
      if (listed === undefined) continue;
      const kept = this.place.items.get(name) ?? new Map<string, ItemLine>();
      this.place.items.set(name, kept);
      for (const [id, line] of listed) {
        const known = kept.get(id) ?? line;
        // Several regions may see the same thing, and not all of them be answered about it.
        kept.set(id, { ...known, details: { ...line.details, ...known.details } });
      }
    }
    const names = new Set<AllowedCall>(this.checks.flatMap(({ needs }) => needs));
    for (const error of region.errors.values()) if (names.has(error.call)) addError(this.place, error);
  }
}

/** Where a check is judged, and why not everything is known there. */
interface Scene {
  place: Place;
  account: Place;
  gap?: string | undefined;
}

function* judgeAll(head: SnapshotHead, check: Check, scene: Scene): Generator<Verdict> {
  const { place, account } = scene;
  // What is compared with what is not known can be either; and things of a region without an answer are not known.
  const hidden = check.on.length > 0 ? scene.gap : undefined;
  const unanswered = hidden ?? check.needs.map((name) => unansweredList(name, place, account)).find(Boolean);
  if (unanswered !== undefined) {
    yield verdictOf(check, place, null, { verdict: 'unknown', reason: unanswered });
    return;
  }
  for (const { item, region } of subjectsOf(head, check, scene)) {
    for (const outcome of outcomesOf(head, check, { ...scene, item })) {
      yield { ...verdictOf(check, place, item, outcome), region: item.region ?? region };
    }
  }
}

function subjectsOf(
  head: SnapshotHead,
  { on, service, isOverall }: Check,
  { place: { items, region }, account }: Scene,
): { item: CollectedItem; region: string | null }[] {
  if (on.length > 0) {
    return on.flatMap((name) => [...((items.get(name) ?? account.items.get(name))?.values() ?? [])]);
  }
  const id = arnOf({ ...head, region: region ?? '' }, service, isOverall ? 'account' : 'region');
  return [{ item: region === null ? { id } : { id, region }, region }];
}

function outcomesOf(
  head: SnapshotHead,
  check: Check,
  { item, place, account, gap }: Scene & { item: CollectedItem },
): readonly Outcome[] {
  const refused = check.needs
    .map((name) => errorOf(name, item.id, place))
    .find((error) => error !== undefined);
  if (refused !== undefined) return [{ verdict: 'unknown', reason: reasonText(refused) }];
  const missing = gap === undefined ? [] : [gap];
  const found = (name: AllowedCall): Place => (place.items.has(name) ? place : account);
  const detailOf = (name: AllowedCall, id: string): unknown => {
    const list = listNameOf(name);
    const line = found(list).items.get(list)?.get(id);
    const answers = line?.details ?? {};
    if (name in answers) return answers[name] ?? null;
    const error = errorOf(name, id, found(list));
    missing.push(error === undefined ? `failed: ${name} was not asked about ${id}` : reasonText(error));
    return null;
  };
  const view = {
    accountId: head.accountId,
    regions: head.regions,
    allRegionsRead: !head.regionsAsked,
    now: Date.parse(head.startedAt),
    parameters: check.parameters,
    list: (name: AllowedCall) => itemsOf(found(name), name),
    detail: (name: AllowedCall) => detailOf(name, item.id),
    detailOf,
    // A check can only name what it has declared, and gets what the call of that name is declared to give.
  } as unknown as View;
  const judged = check.judge(item, view);
  if (judged === null) return [];
  const outcomes: readonly Outcome[] = Array.isArray(judged) ? judged : [judged as Outcome];
  const isThere =
    check.isOverall && check.on.length === 0 && outcomes.every(({ verdict }) => verdict === 'pass');
  if (missing[0] === undefined || isThere) return outcomes;
  return [{ verdict: 'unknown', reason: missing[0] }];
}

/** The same array each time: what is made of it can be kept with it. */
function itemsOf({ items, lists }: Place, name: AllowedCall): readonly CollectedItem[] {
  const known = lists.get(name) ?? [...(items.get(name)?.values() ?? [])].map(({ item }) => item);
  lists.set(name, known);
  return known;
}

/** Why a list that the check needs is not there; undefined when it is, or the call is one for details. */
function unansweredList(name: AllowedCall, place: Place, account: Place): string | undefined {
  const call = calls[name as keyof typeof calls];
  if ('of' in call) return unansweredList(call.of, place, account);
  const where = call.where === 'global' ? account : place;
  if (where.items.has(name)) return undefined;
  const error = where.errors.get(errorKey(name));
  return error === undefined ? `failed: ${name} was not called` : reasonText(error);
}

/** Of a detail that was asked of the subject. */
function errorOf(name: AllowedCall, id: string, { errors }: Place): ErrorLine | undefined {
  return errors.get(errorKey(name, id));
}

function listNameOf(name: AllowedCall): AllowedCall {
  const call = calls[name as keyof typeof calls];
  return 'of' in call ? call.of : name;
}

function reasonText({ failure, call, code }: ErrorLine): string {
  const reason: UnknownReason = REASONS[failure] ?? 'failed';
  return `${reason}: ${call} (${code})`;
}

function verdictOf(
  { id, service, resourceType }: Check,
  { region }: Place,
  item: CollectedItem | null,
  { verdict, reason, subKey = '', details = {} }: Outcome,
): Verdict {
  const name: unknown = item === null ? null : (item as { name?: unknown }).name;
  return {
    checkId: id,
    verdict,
    service,
    region,
    resourceId: item?.id ?? null,
    resourceArn: item?.id ?? null,
    resourceName: typeof name === 'string' ? name : null,
    resourceType,
    reason: reason ?? null,
    subKey,
    details: item?.tags === undefined ? details : { ...details, tags: item.tags },
  };
}
