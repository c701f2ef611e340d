import type { Event } from './event.ts';
import { EventStatus } from './event.ts';
import type { Level } from './level.ts';

/** How long active events may stay, in milliseconds by level; a level that is left out has no end. */
export type DueTimes = Readonly<Partial<Record<Level, number>>>;

/** By when events are to be mended. */
export interface DuePolicy {
  everywhere: DueTimes;
  /** What is otherwise in some accounts, by their ids; 0 for no end. */
  accounts: Readonly<Record<string, DueTimes>>;
}

type Dated = Pick<Event, 'accountId' | 'level' | 'status' | 'firstSeen' | 'reopenedAt'>;

/** The times that hold in an account. */
export function dueTimesOf({ everywhere, accounts }: DuePolicy, accountId: string): DueTimes {
  return { ...everywhere, ...accounts[accountId] };
}

/** When an event is due, ISO 8601: counted from when it was first seen, or came back. Null where nobody waits for it. */
export function dueAt(policy: DuePolicy, event: Dated): string | null {
  const time = dueTimesOf(policy, event.accountId)[event.level] ?? 0;
  if (event.status !== EventStatus.Active || time === 0) return null;
  return new Date(Date.parse(event.reopenedAt ?? event.firstSeen) + time).toISOString();
}

/** The event with when it is due. */
export function withDueDate<Row extends Dated>(
  policy: DuePolicy,
  event: Row,
): Row & { dueAt: string | null } {
  return { ...event, dueAt: dueAt(policy, event) };
}
