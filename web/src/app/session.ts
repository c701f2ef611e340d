import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { Session } from '../../../src/api/schemas/access.ts';
import { allows } from '../../../src/model/access.ts';
import type { Scope } from '../../../src/model/access.ts';
import { rememberCsrfToken, request } from '../api/client.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await request<Session>('/session', { signal });
    rememberCsrfToken(session.csrfToken);
    return session;
  },
  staleTime: Infinity,
});

/** Who is signed in; every page inside the shell has one. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** Why the session may not do what needs this scope; null when it may. */
export function useDisabledReason(needed: Scope): string | null {
  const { scope } = useSession();
  return allows(scope, needed) ? null : `Needs the scope “${needed}”; you are signed in with “${scope}”.`;
}
