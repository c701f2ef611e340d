import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNote, ProblemView } from './problem.tsx';

/** Nothing to show: why, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <section className="state" data-tone="neutral">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Bars in the place of rows that are on their way, as high as those. */
export function Skeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">Loading…</span>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} className="skeleton-row" aria-hidden="true" />
      ))}
    </div>
  );
}

interface Props<Data> {
  query: UseQueryResult<Data>;
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** What a query has come to: a skeleton, an error with another try, or its data. Old data outlives a failed refresh. */
export function QueryView<Data>({ query, skeleton = <Skeleton />, children }: Props<Data>) {
  const { data, error, isPlaceholderData } = query;
  const retry = (): void => void query.refetch();
  if (data === undefined) {
    return error === null ? skeleton : <ProblemView error={error} onRetry={retry} />;
  }
  return (
    <>
      {error !== null && <ProblemNote error={error} onRetry={retry} />}
      <div className="query-view" aria-busy={isPlaceholderData || undefined}>
        {children(data)}
      </div>
    </>
  );
}
