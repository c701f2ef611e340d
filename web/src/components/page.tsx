import { useEffect } from 'react';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** What the browser's tab is called, where that says more. */
  tabTitle?: string | undefined;
  /** One sentence, or what else belongs under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page with its one first heading, which also names the browser's tab. */
export function Page({ title, tabTitle = title, lead, actions, children }: Props) {
  useEffect(() => {
    document.title = `${tabTitle} · vedette`;
  }, [tabTitle]);
  return (
    <>
      <header className="page-header">
        <div>
          <h1>{title}</h1>
          {lead !== undefined && <div className="lead">{lead}</div>}
        </div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

/** A titled part of a page. */
export function Section({
  title,
  actions,
  children,
}: {
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="section">
      <header className="section-header">
        <h2>{title}</h2>
        {actions}
      </header>
      {children}
    </section>
  );
}

/** Names and values beside each other: `Fact`s. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
