import type { ReactNode } from 'react';

/** The pages of an area, or the parts of a page: links beside each other, of which one is current. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className="tabs" aria-label={label}>
      {children}
    </nav>
  );
}
