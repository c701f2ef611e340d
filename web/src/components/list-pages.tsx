import { Link } from '@tanstack/react-router';
import { numberText } from '../lib/format.ts';

interface Props {
  /** From 1. */
  page: number;
  size: number;
  total: number;
}

/** Pages of a list that the browser holds whole; the page is `page` in the address. */
export function ListPages({ page, size, total }: Props) {
  if (total <= size) return null;
  const last = Math.ceil(total / size);
  return (
    <nav className="pagination" aria-label="Pages">
      {page > 1 && <PageLink label="← Previous" page={page - 1} />}
      <span className="muted">
        {numberText((page - 1) * size + 1)}–{numberText(Math.min(page * size, total))} of {numberText(total)}
      </span>
      {page < last && <PageLink label="Next →" page={page + 1} />}
    </nav>
  );
}

function PageLink({ label, page }: { label: string; page: number }) {
  return (
    <Link to="." className="button" search={(search) => ({ ...search, page: page === 1 ? undefined : page })}>
      {label}
    </Link>
  );
}
