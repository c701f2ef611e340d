import type { Problem } from '../../../src/api/schemas/common.ts';
import { stringifySearch } from '../lib/search-params.ts';
import type { RawSearch } from '../lib/search-params.ts';

const BASE = '/api/v1';
const UNREACHABLE: Problem = {
  type: 'about:blank',
  title: 'The server cannot be reached',
  status: 0,
  detail: 'The request got no answer.',
  failure: 'unexpected',
  remedy: 'Check that vedette up or vedette serve still runs and that this machine has a connection to it.',
};

/** An answer of the API that is an error, or no answer at all (status 0). */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

/** Whether the password was right, and the code of a second factor is needed as well. */
export function isAskedForCode(error: Error): boolean {
  return error instanceof ApiError && error.problem.failure === 'second-factor-required';
}

let csrfToken: string | null = null;
/** What the server wants to see with every request that changes something; it comes with the session. */
export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}

interface Request {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: RawSearch;
  body?: unknown;
  signal?: AbortSignal;
}

/** One request to the API; undefined when the answer has no content. Errors are an `ApiError`. */
export async function request<Answer>(path: string, options: Request = {}): Promise<Answer> {
  const { method = 'GET', query = {}, body, signal } = options;
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (method !== 'GET' && csrfToken !== null) headers.set('x-csrf-token', csrfToken);
  const response = await fetch(`${BASE}${path}${stringifySearch(query)}`, {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new ApiError(UNREACHABLE, { cause: error });
  });
  if (!response.ok) throw new ApiError(await problemOf(response));
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function problemOf(response: Response): Promise<Problem> {
  if (response.headers.get('content-type')?.includes('json') === true) return response.json();
  const { status, statusText } = response;
  const title = statusText === '' ? `Status ${status}` : statusText;
  return {
    ...UNREACHABLE,
    title,
    status,
    detail: 'Something between here and the server answered instead of it.',
  };
}
