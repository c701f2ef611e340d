import type { ScorePoint } from '../model/compliance.ts';
import { listScores } from '../store/compliance/scores.ts';
import type { Store } from '../store/database/store.ts';
import { scored } from './state.ts';

const DAY_MS = 86_400_000;

/** How the score of a framework has changed: the last of each day, oldest first; without an account, of all together. */
export async function scoreHistory(
  store: Store,
  filter: { organizationId: string; framework: string; accountId?: string | undefined },
  days: number,
  now: Date,
): Promise<ScorePoint[]> {
  const since = new Date(now.getTime() - days * DAY_MS).toISOString();
  const points = await listScores(store, { ...filter, since });
  const byDay = new Map(points.map((point) => [point.at.slice(0, 10), point]));
  return [...byDay.values()].map(({ scanId, at, ...counts }) => ({ scanId, at, ...scored(counts) }));
}
