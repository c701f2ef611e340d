import type { PlannedScan } from '../accounts/overview.ts';
import { listSchedules } from './schedules.ts';
import type { StoredSchedule, SchedulePlace } from './schedules.ts';
import { ask } from './temporal.ts';

const MOST_MS = 2000;

/** What the schedules will scan; nothing where the server is away, for that is no reason to show no accounts. */
export async function plannedScans(place: SchedulePlace): Promise<PlannedScan[]> {
  const schedules = await ask(place.temporal, () => listSchedules(place), MOST_MS).catch(() => []);
  return schedules.flatMap(plannedScan);
}

function plannedScan({ definition: { work }, nextRunsAt }: StoredSchedule): PlannedScan[] {
  if (work.kind !== 'scan' || nextRunsAt.length === 0) return [];
  const { selection } = work;
  const accounts = 'all' in selection ? null : selection.accounts.map(({ profile }) => profile);
  return [{ accounts, nextAt: nextRunsAt }];
}
