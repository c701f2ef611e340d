import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { useId } from 'react';
import { navigationGroups } from './navigation-groups.ts';
import type { NavigationLink } from './navigation-groups.ts';
import { useSession } from './session.ts';

/** The pages whose routes ask for a place in it, in groups under headings. */
export function Navigation({ open, onChoose }: { open: boolean; onChoose: () => void }) {
  const { routesById } = useRouter();
  const links = Object.values(routesById).flatMap(({ fullPath, options }) => {
    const entry = options.staticData?.navigation;
    return entry === undefined ? [] : [{ ...entry, to: fullPath }];
  });
  return (
    <nav id="navigation" className="navigation" aria-label="Dashboard" data-open={open || undefined}>
      {navigationGroups(links).map(({ heading, links: own }) => (
        <Group key={heading} heading={heading} links={own} onChoose={onChoose} />
      ))}
      <Version />
    </nav>
  );
}

interface GroupProps {
  heading: string | null;
  links: readonly NavigationLink[];
  onChoose: () => void;
}

function Group({ heading, links, onChoose }: GroupProps) {
  const headingId = useId();
  const path = useLocation({ select: ({ pathname }) => pathname });
  return (
    <div>
      {heading !== null && (
        <p id={headingId} className="navigation-heading">
          {heading}
        </p>
      )}
      <ul aria-labelledby={heading === null ? undefined : headingId}>
        {links.map(({ to, label, icon, covers = [], search = {} }) => (
          <li key={to}>
            {/* A page stays marked whatever its search parameters are. */}
            <Link
              to={to}
              search={search}
              activeOptions={{ includeSearch: false, exact: to === '/' }}
              aria-current={covers.some((start) => path.startsWith(start)) ? 'page' : undefined}
              onClick={onChoose}
            >
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d={icon} />
              </svg>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Version() {
  const { version } = useSession();
  return (
    <p className="version muted">
      vedette {version}
      <br />
      <a href="/api/v1/docs">API documentation</a>
    </p>
  );
}
