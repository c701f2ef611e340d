import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { Button } from './button.tsx';

/** What to say of any error: title, what happened, what to do. */
function wordsOf(error: Error): {
  title: string;
  detail: string;
  remedy: string;
  errors: readonly FieldError[];
} {
  if (error instanceof ApiError) return { ...error.problem, errors: error.problem.errors ?? [] };
  return {
    title: 'The page failed',
    detail: error.message,
    remedy: 'Load the page again; if it fails again, report what you see here.',
    errors: [],
  };
}

interface FieldError {
  path: string;
  message: string;
}

/** In the place of what could not be loaded. */
export function ProblemView({ error, onRetry }: { error: Error; onRetry?: (() => void) | undefined }) {
  if (error instanceof ApiError && error.problem.status === 403) {
    return <NoPermission>{error.problem.detail}</NoPermission>;
  }
  const { title, detail, remedy } = wordsOf(error);
  return (
    <section className="state" role="alert" data-tone="bad">
      <h2>{title}</h2>
      <p>{detail}</p>
      <p className="muted">{remedy}</p>
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
    </section>
  );
}

export function NoPermission({ children }: { children: ReactNode }) {
  return (
    <section className="state" data-tone="neutral">
      <h2>You may not see this</h2>
      <p>{children}</p>
      <p className="muted">
        Ask an administrator for a token with a wider scope, or make one with{' '}
        <code>vedette token create NAME --scope admin</code> where vedette runs, and sign in with it.
      </p>
    </section>
  );
}

/** Within a form or above what is still shown: one paragraph. */
export function ProblemNote({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { title, detail, remedy, errors } = wordsOf(error);
  return (
    <div className="note" role="alert" data-tone="bad">
      <p>
        <strong>{title}.</strong> {detail} <span className="muted">{remedy}</span>
      </p>
      {errors.length > 0 && (
        <ul>
          {errors.map(({ path, message }) => (
            <li key={path}>
              <code>{path}</code>: {message}
            </li>
          ))}
        </ul>
      )}
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
