import type { Place, ScanScope, UnseenPlace } from '../../model/observation.ts';
import { UnverifiedReason } from '../../model/scan.ts';
import { MAX_RESOURCE_TEXT } from '../database/column-types.ts';
import { namesResources } from './places.ts';

/** A scope as the database holds it and the API shows it. */
export interface DescribedScope extends ScanScope {
  /** Checks of which the scan says nothing anywhere: also among the unseen places. */
  unevaluatedChecks: readonly { service: string; checkId: string }[];
}

/** As above, or as written before places were told: then errors are counted by service, and nothing else is known. */
export type StoredScope = Omit<DescribedScope, 'unseen' | 'unevaluatedChecks'> &
  Partial<Pick<DescribedScope, 'unseen' | 'unevaluatedChecks'>>;

/** So many narrow places within a wider one are kept apart; when there are more, the wider one takes their place. */
const MAX_APART = 2000;

/** How places widen, step by step: fields that are let go of. The last step leaves the whole account. */
const WIDENING = [
  ['resourceId', 'resourcePrefix'],
  ['resourceType', 'checkId'],
  ['region'],
  ['service'],
] as const;

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

export function describeScope(scope: ScanScope): DescribedScope {
  const ofChecks = scope.unseen.filter(
    (place) =>
      place.reason === UnverifiedReason.CheckNotEvaluated &&
      place.region === undefined &&
      !namesResources(place),
  );
  const unevaluatedChecks = ofChecks.flatMap(({ service, checkId }) =>
    service === undefined || checkId === undefined ? [] : [{ service, checkId }],
  );
  return { ...scope, unevaluatedChecks };
}

/**
 * The scope with a bounded number of places, each as narrow as the database can tell resources apart. What was not seen
 * widens, and what was seen narrows: so it may say less than before, but nothing that is not so.
 */
export function boundScope(scope: ScanScope): ScanScope {
  const unseen = WIDENING.reduce<readonly UnseenPlace[]>(
    (places, fields) => widenWhereMany(places, fields),
    scope.unseen.map(wideEnough),
  );
  const only = scope.only?.filter(isNarrowEnough).slice(0, MAX_APART * WIDENING.length);
  return { ...scope, unseen, ...(only === undefined ? {} : { only }) };
}

function widenWhereMany(
  places: readonly UnseenPlace[],
  fields: readonly (keyof Place)[],
): readonly UnseenPlace[] {
  const groups = new Map<string, { wider: UnseenPlace; places: UnseenPlace[] }>();
  for (const place of places) {
    const wider = Object.fromEntries(
      Object.entries(place).filter(([name]) => !fields.includes(name as keyof Place)),
    ) as unknown as UnseenPlace;
    const key = keyOf(wider);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { wider, places: [place] });
    else group.places.push(place);
  }
  return [...groups.values()].flatMap((group) =>
    group.places.length > MAX_APART ? [group.wider] : group.places,
  );
}

function keyOf({
  reason,
  service,
  region,
  checkId,
  resourceType,
  resourceId,
  resourcePrefix,
}: UnseenPlace): string {
  return JSON.stringify([reason, service, region, checkId, resourceType, resourceId, resourcePrefix]);
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
