import type { PlannedScan } from '../accounts/overview.ts';
import type { Place } from './place.ts';
import { listSchedules } from './schedules.ts';
import type { StoredSchedule } from './schedules.ts';
import { ask } from './temporal.ts';

const MOST_MS = 2000;

/** What the schedules will scan; nothing where the server is away, for that is no reason to show no accounts. */
export async function plannedScans(place: Place): Promise<PlannedScan[]> {
  const schedules = await ask(place.temporal, () => listSchedules(place), MOST_MS).catch(() => []);
  return schedules.flatMap(plannedScan);
}

function plannedScan({ definition: { work }, nextRunsAt }: StoredSchedule): PlannedScan[] {
  if (work.kind !== 'scan' || nextRunsAt.length === 0) return [];
  const { selection } = work;
  const accounts = 'all' in selection ? null : selection.accounts.map(({ name }) => name);
  return work.sources.map((source) => ({ source, accounts, nextAt: nextRunsAt }));
}
