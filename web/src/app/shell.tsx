import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { request } from '../api/client.ts';
import { useChange } from '../api/use-change.ts';
import { Button } from '../components/button.tsx';
import { useObservable } from '../lib/observable.ts';
import { connection, healthQuery } from './connection.ts';
import { DataAge } from './data-age.tsx';
import { Navigation } from './navigation.tsx';
import { Palette } from './palette.tsx';
import { ScopeChoice } from './scope-choice.tsx';
import { useSession } from './session.ts';
import { ShortcutsHelp } from './shortcuts-help.tsx';
import { useShortcuts } from './shortcuts.ts';

/** The frame around every page: a way past the navigation, the bar, the navigation, the page. */
export function Shell() {
  const [open, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  useFocusOnNewPage(main);
  const [overlay, setOverlay] = useState<'palette' | 'help' | null>(null);
  const openPalette = useCallback(() => setOverlay('palette'), []);
  const openHelp = useCallback(() => setOverlay('help'), []);
  const closeOverlay = useCallback(() => setOverlay(null), []);
  useShortcuts({ openPalette, openHelp });
  return (
    <div className="shell">
      <a href="#main" className="skip-link">
        Skip to the page
      </a>
      <button type="button" className="skip-link" onClick={() => focusResults(main.current)}>
        Skip to the results
      </button>
      <header className="top-bar">
        <button
          type="button"
          className="menu-button"
          aria-expanded={open}
          aria-controls="navigation"
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden="true">☰</span>
          <span className="visually-hidden">Navigation</span>
        </button>
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width="20" height="20" />
          vedette
        </Link>
        <ScopeChoice />
        <button type="button" className="palette-button" aria-haspopup="dialog" onClick={openPalette}>
          <kbd>/</kbd> <span>Search or jump…</span>
        </button>
        <Organization />
        <DataAge />
        <ConnectionState />
        <SignOut />
      </header>
      <Navigation open={open} onChoose={() => setOpen(false)} />
      <main ref={main} id="main" tabIndex={-1}>
        <div className="page-age">
          <DataAge />
        </div>
        <Outlet />
      </main>
      {overlay === 'palette' && <Palette onClose={closeOverlay} />}
      {overlay === 'help' && <ShortcutsHelp onClose={closeOverlay} />}
    </div>
  );
}

/** The first list of the page, or else the page. */
function focusResults(main: HTMLElement | null): void {
  (main?.querySelector<HTMLElement>('.table-scroll') ?? main)?.focus();
}

/** Another page takes the focus, so that the keyboard and a screen reader go on from its beginning. */
function useFocusOnNewPage(main: RefObject<HTMLElement | null>): void {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus();
  }, [main, path]);
}

function Organization() {
  const { organizationId, name, role, scope } = useSession();
  return (
    <p className="organization">
      <span className="visually-hidden">Organisation: </span>
      <strong>{organizationId}</strong>
      <span className="muted session-name">
        {name} · {role ?? scope}
      </span>
    </p>
  );
}

function ConnectionState() {
  useQuery(healthQuery);
  const state = useObservable(connection);
  return (
    <p className="connection" role="status" data-state={state}>
      <span>{state === 'connected' ? 'Connected' : 'No connection'}</span>
    </p>
  );
}

function SignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useChange({
    send: () => request<void>('/session', { method: 'DELETE' }),
    refreshes: [],
    onDone: () => {
      void navigate({ to: '/sign-in' }).then(() => client.clear());
    },
  });
  return (
    <Button look="quiet" pending={signOut.isPending} onClick={() => signOut.mutate()}>
      Sign out
    </Button>
  );
}
