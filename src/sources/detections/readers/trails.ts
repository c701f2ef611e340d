import type { NamedEvent } from '../../../coverage/mapping/event-name.ts';
import type { Detection, HealthReason } from '../../../model/coverage.ts';
import type { Account, Found } from '../account.ts';
import { broken, healthOf, unknown, warning } from '../reasons.ts';
import { best, dataTypeOf, recordedBy, recordsChanges } from '../recorded.ts';

type TrailFound = Found<'cloudtrail:DescribeTrails'>;

const LIMITED = warning(
  'events-limited',
  'Trails record the events of some resources, people or services only.',
  'Look whether the selectors of the trails leave out what matters.',
  'cloudtrail:GetEventSelectors: field selectors limit the events',
);

/** Why the events do not come from a trail to where they are watched; nothing where one brings them. */
export function reasonsOfTrails(
  trails: readonly TrailFound[],
  events: readonly NamedEvent[],
): HealthReason[] {
  const running = trails.map((trail) => ({ trail, ...stateOf(trail) }));
  if (!running.some(({ logging }) => logging !== false)) {
    const facts = trails.map(({ item }) => `${item.name}: IsLogging false`).join(', ');
    return [broken('no-trail', `cloudtrail:DescribeTrails: ${facts === '' ? 'no trail' : facts}`)];
  }
  if (running.every(({ logging }) => logging !== true)) return [unknown('cloudtrail:GetTrailStatus')];
  const recorded = running.filter(({ logging }) => logging === true).map(({ events: all }) => all);
  if (recorded.some((all) => all === undefined)) return [unknown('cloudtrail:GetEventSelectors')];
  const brought = (event: NamedEvent) =>
    best(
      recorded.map((all) => (all === undefined || all === null ? 'all' : recordedBy(all.selectors, event))),
    );
  if (events.length === 0) return [];
  const most = best(events.map(brought));
  if (most === 'all') return [];
  if (most === 'some') return [LIMITED];
  const types = [...new Set(events.map(dataTypeOf))];
  const missing = types.every((type) => type !== null) ? 'data-events-off' : 'no-trail';
  const fact =
    missing === 'data-events-off'
      ? `cloudtrail:GetEventSelectors: no data events of ${types.join(', ')}`
      : 'cloudtrail:GetEventSelectors: the events are left out';
  return [broken(missing, fact)];
}

function stateOf(trail: TrailFound) {
  const status = trail.detail('cloudtrail:GetTrailStatus');
  return {
    logging: status === undefined ? undefined : (status?.logging ?? false),
    events: trail.detail('cloudtrail:GetEventSelectors'),
  };
}

/** The trails that bring the events of a region to it; null where they could not be listed. */
export function trailsOf(account: Account, region: string): TrailFound[] | null {
  const all = account.list('cloudtrail:DescribeTrails', region);
  return all === null ? null : all.filter(({ item }) => item.multiRegion || item.homeRegion === region);
}

/** Every trail, once. */
export function trailDetections(account: Account): Detection[] {
  const known = new Map<string, TrailFound>();
  for (const region of account.regions) {
    for (const trail of account.list('cloudtrail:DescribeTrails', region) ?? []) {
      if (trail.item.isHome || !known.has(trail.item.id)) known.set(trail.item.id, trail);
    }
  }
  return [...known.values()].map((trail) => {
    const reasons = reasonsOf(trail);
    const { id, name, homeRegion, multiRegion } = trail.item;
    return {
      id,
      kind: 'cloudtrail',
      name,
      region: homeRegion,
      health: healthOf(reasons),
      reasons,
      isPosture: false,
      sees: multiRegion ? null : [homeRegion],
      targetServices: [],
      // It brings what others notice; by itself it notices nothing.
      techniques: [],
    };
  });
}

function reasonsOf(trail: TrailFound): HealthReason[] {
  const status = trail.detail('cloudtrail:GetTrailStatus');
  const events = trail.detail('cloudtrail:GetEventSelectors');
  if (status === undefined || status === null) return [unknown('cloudtrail:GetTrailStatus')];
  const reasons: HealthReason[] = [];
  if (!status.logging) reasons.push(broken('trail-stopped', 'cloudtrail:GetTrailStatus: IsLogging false'));
  if (status.deliveryError !== null) {
    reasons.push(
      broken(
        'trail-delivery-error',
        `cloudtrail:GetTrailStatus: LatestDeliveryError ${status.deliveryError}`,
      ),
    );
  }
  if (events !== undefined && events !== null && !recordsChanges(events.selectors)) {
    reasons.push(
      broken(
        'trail-without-management-events',
        'cloudtrail:GetEventSelectors: no management events that write',
      ),
    );
  }
  return reasons;
}
