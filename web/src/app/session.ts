import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { Session } from '../../../src/api/schemas/access.ts';
import { refusal } from '../../../src/model/permissions.ts';
import type { Action } from '../../../src/model/permissions.ts';
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

/** Why the session may not do this; null when it may. Whether it is fresh enough, the server says when it is tried. */
export function useDisabledReason(action: Action): string | null {
  return refusal(action, useSession(), true);
}
