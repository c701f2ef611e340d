import { useSuspenseQuery } from '@tanstack/react-query';
import type { Session } from '../../../src/api/schemas/access.ts';
import { allows } from '../../../src/model/access.ts';
import type { Scope } from '../../../src/model/access.ts';
import { sessionQuery } from '../api/queries.ts';

/** Who is signed in; every page inside the shell has one. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** Why the session may not do what needs this scope; null when it may. */
export function useDisabledReason(needed: Scope): string | null {
  const { scope } = useSession();
  return allows(scope, needed) ? null : `Needs the scope “${needed}”; you are signed in with “${scope}”.`;
}
