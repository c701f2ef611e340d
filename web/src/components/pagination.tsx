import { Link, useLocation } from '@tanstack/react-router';

interface Props {
  cursor: string | undefined;
  nextCursor: string | null;
}

/**
 * Forward by the cursor that came with the page; back by those that led here, which the browser's history keeps. A page
 * that was opened from a link has none, and goes back to the first.
 */
export function Pagination({ cursor, nextCursor }: Props) {
  const trail = useLocation({ select: ({ state }) => state.trail }) ?? [];
  if (cursor === undefined && nextCursor === null) return null;
  return (
    <nav className="pagination" aria-label="Pages">
      {cursor !== undefined && <PageLink label="First page" />}
      {trail.length > 0 && <PageLink label="← Previous" cursor={trail.at(-1)} trail={trail.slice(0, -1)} />}
      {nextCursor !== null && (
        <PageLink label="Next →" cursor={nextCursor} trail={[...trail, cursor ?? '']} />
      )}
    </nav>
  );
}

function PageLink({
  label,
  cursor,
  trail = [],
}: {
  label: string;
  cursor?: string | undefined;
  trail?: string[];
}) {
  return (
    <Link
      to="."
      className="button"
      search={(search) => ({ ...search, cursor: cursor === '' ? undefined : cursor })}
      state={{ trail }}
    >
      {label}
    </Link>
  );
}
