import { namesResources } from '../../model/scope.ts';
import type { Place } from '../../model/scope.ts';

/** What many events share. A region of null is unknown, or there is none. */
export interface EventKind {
  service: string;
  checkId: string;
  region: string | null;
}

export interface EventResource {
  resourceType: string;
  resourceId: string;
}

/**
 * Places, to be asked which of them hold an event. Asking takes as long with thousands of resources as with one.
 *
 * An event without a region may be anywhere. Whether a region holds it then depends on what is asked: what a scan saw
 * must hold it for sure (`surely`), what a scan did not see need only be able to (`possibly`).
 */
export class PlaceIndex<P extends Place> {
  readonly #places: readonly P[];
  readonly #holdsUnknownRegion: boolean;
  readonly #byKind = new Map<string, PlacesOfKind<P>>();

  constructor(places: readonly P[], certainty: 'surely' | 'possibly') {
    this.#places = places;
    this.#holdsUnknownRegion = certainty === 'possibly';
  }

  /** The places that hold events of the kind: all of them, or those of some resources. */
  ofKind(kind: EventKind): PlacesOfKind<P> {
    const key = JSON.stringify([kind.service, kind.checkId, kind.region]);
    let found = this.#byKind.get(key);
    if (found === undefined) {
      found = new PlacesOfKind(this.#places.filter((place) => this.#concerns(place, kind)));
      this.#byKind.set(key, found);
    }
    return found;
  }

  #concerns({ service, checkId, region }: P, kind: EventKind): boolean {
    return (
      (service === undefined || service === kind.service) &&
      (checkId === undefined || checkId === kind.checkId) &&
      (region === undefined || (kind.region === null ? this.#holdsUnknownRegion : region === kind.region))
    );
  }
}

export class PlacesOfKind<P extends Place> {
  /** The first place that holds every event of the kind. */
  readonly whole: P | undefined;
  /** The others: by the exact id, by the prefix and its length, by the type alone. */
  readonly #byId = new Map<string, P[]>();
  readonly #byPrefix = new Map<number, Map<string, P[]>>();
  readonly #byType = new Map<string, P[]>();

  constructor(places: readonly P[]) {
    this.whole = places.find((place) => !namesResources(place));
    for (const place of places) {
      const { resourceId, resourcePrefix, resourceType } = place;
      if (resourceId !== undefined) add(this.#byId, resourceId, place);
      else if (resourcePrefix !== undefined) this.#addPrefix(resourcePrefix, place);
      else if (resourceType !== undefined) add(this.#byType, resourceType, place);
    }
  }

  /** Whether there are places that hold events of some resources only. */
  get namesResources(): boolean {
    return this.#byId.size + this.#byPrefix.size + this.#byType.size > 0;
  }

  /** A place that holds the kind's events of the resource. */
  holding(resource: EventResource): P | undefined {
    if (this.whole !== undefined) return this.whole;
    const { resourceId, resourceType } = resource;
    const lists = [this.#byId.get(resourceId), this.#byType.get(resourceType)];
    for (const [length, places] of this.#byPrefix) lists.push(places.get(resourceId.slice(0, length)));
    return lists
      .flatMap((places) => places ?? [])
      .find(
        (place) =>
          (place.resourceType === undefined || place.resourceType === resourceType) &&
          resourceId.startsWith(place.resourcePrefix ?? ''),
      );
  }

  #addPrefix(prefix: string, place: P): void {
    const ofLength = this.#byPrefix.get(prefix.length) ?? new Map<string, P[]>();
    this.#byPrefix.set(prefix.length, ofLength);
    add(ofLength, prefix, place);
  }
}

function add<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
