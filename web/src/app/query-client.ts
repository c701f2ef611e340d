import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/client.ts';
import { connection } from './connection.ts';

const FRESH_MS = 10_000;
const MOST_RETRIES = 2;

/** Tells of every answer, also the failed ones: the connection's state, and who has to sign in again. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: Error): void => {
    if (!(error instanceof ApiError)) return;
    connection.set(error.problem.status === 0 ? 'lost' : 'connected');
    if (error.problem.status === 401) onSignedOut();
  };
  const onSuccess = (): void => connection.set('connected');
  return new QueryClient({
    queryCache: new QueryCache({ onError, onSuccess }),
    mutationCache: new MutationCache({ onError, onSuccess }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < MOST_RETRIES && isPassing(error),
      },
    },
  });
}

function isPassing(error: Error): boolean {
  if (!(error instanceof ApiError)) return false;
  const { status } = error.problem;
  return status === 0 || status === 429 || status >= 500;
}
