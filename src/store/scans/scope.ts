import { UnverifiedReason } from '../../model/scope.ts';
import type { DescribedScope, Place, ScanScope, UnseenPlace } from '../../model/scope.ts';
import { MAX_RESOURCE_TEXT } from '../database/column-types.ts';

/** A scope as the database holds it. Before places were told, errors were counted by service, and no more was known. */
export type StoredScope = Omit<DescribedScope, 'unseen' | 'unevaluatedChecks'> &
  Partial<Pick<DescribedScope, 'unseen' | 'unevaluatedChecks'>>;

/** More places than this are not kept apart, neither within one check, region and service nor altogether. */
const MAX_PLACES = 3000;

/** How places widen, step by step: fields that are let go of. After the last step a place is the whole account. */
const WIDENING: readonly (readonly (keyof Place)[])[] = [
  ['resourceId', 'resourcePrefix'],
  ['resourceType', 'checkId'],
  ['region'],
  ['service'],
];

/** An id that is cut in its column ends with a mark in place of what follows these characters. */
const UNCUT = MAX_RESOURCE_TEXT - 1;

/** A scope with all that it could not see among its places. */
export function scopeFrom({ unevaluatedChecks = [], unseen, ...rest }: StoredScope): ScanScope {
  const told: readonly UnseenPlace[] =
    unseen ?? unevaluatedChecks.map((check) => ({ ...check, reason: UnverifiedReason.CheckNotEvaluated }));
  const ofFetching = told.filter(({ reason }) => reason === UnverifiedReason.FetchError);
  const toldOf = new Set(ofFetching.map(({ service }) => service));
  const untold = rest.services.filter(
    ({ service, fetchErrors }) => fetchErrors > 0 && !toldOf.has(service) && !toldOf.has(undefined),
  );
  const whole = untold.map(({ service }) => ({ service, reason: UnverifiedReason.FetchError }));
  return { ...rest, unseen: [...told, ...whole] };
}

/**
 * The scope with a bounded number of places, each as narrow as the database can tell resources apart. What was not seen
 * widens, and what was seen narrows: so it may say less than before, but nothing that is not so.
 */
export function boundScope(scope: ScanScope): ScanScope {
  const unseen = WIDENING.reduce<readonly UnseenPlace[]>(
    (places, _, step) => boundWithin(places, step + 1),
    scope.unseen.map(wideEnough),
  );
  const only = scope.only?.filter(isNarrowEnough).slice(0, MAX_PLACES);
  return { ...scope, unseen, ...(only === undefined ? {} : { only }) };
}

/** Widens places where there are too many within what they become by so many steps, and no further than it takes. */
function boundWithin(places: readonly UnseenPlace[], steps: number): UnseenPlace[] {
  const groups = new Map<string, UnseenPlace[]>();
  for (const place of places) {
    const key = keyOf(widened(place, steps));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  }
  return [...groups.values()].flatMap((group) => {
    let bounded = group;
    for (let step = 1; bounded.length > MAX_PLACES && step <= steps; step += 1) {
      bounded = distinct(group.map((place) => widened(place, step)));
    }
    return bounded;
  });
}

function widened(place: UnseenPlace, steps: number): UnseenPlace {
  const wider = { ...place };
  for (const field of WIDENING.slice(0, steps).flat()) delete wider[field];
  return wider;
}

/** The first of those that differ in no more than what was said of them. */
function distinct(places: readonly UnseenPlace[]): UnseenPlace[] {
  const byKey = new Map<string, UnseenPlace>();
  for (const place of places) {
    const key = keyOf(place);
    if (!byKey.has(key)) byKey.set(key, place);
  }
  return [...byKey.values()];
}

function keyOf(place: UnseenPlace): string {
  return JSON.stringify([place.reason, ...WIDENING.flat().map((field) => place[field])]);
}

/** The same place, or one that holds it, without an id that is longer than those in the tables. */
function wideEnough({ resourceId, resourcePrefix, ...place }: UnseenPlace): UnseenPlace {
  const prefix = (text: string) => Array.from(text).slice(0, UNCUT).join('');
  if (resourceId !== undefined && lengthOf(resourceId) > MAX_RESOURCE_TEXT) {
    return { ...place, resourcePrefix: prefix(resourceId) };
  }
  return {
    ...place,
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(resourcePrefix === undefined ? {} : { resourcePrefix: prefix(resourcePrefix) }),
  };
}

function isNarrowEnough({ resourceId = '', resourcePrefix = '' }: Place): boolean {
  return lengthOf(resourceId) <= MAX_RESOURCE_TEXT && lengthOf(resourcePrefix) <= UNCUT;
}

function lengthOf(text: string): number {
  return text.length <= MAX_RESOURCE_TEXT ? text.length : Array.from(text).length;
}
