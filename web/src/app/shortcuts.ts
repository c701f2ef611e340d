import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Where `g` and another key lead. */
const PLACES = {
  o: { to: '/', name: 'overview' },
  e: { to: '/events', name: 'events' },
  a: { to: '/accounts', name: 'accounts' },
  r: { to: '/runs', name: 'activity' },
  s: { to: '/settings/notifications', name: 'settings' },
} as const;

/** For the help. */
export const SHORTCUTS: readonly (readonly [keys: string, meaning: string])[] = [
  ['/', 'Search, or jump to a page, an account, a resource, a check or a run'],
  ['Ctrl K or ⌘ K', 'The same, also from within a field'],
  ['j', 'Next row of the list'],
  ['k', 'Row before'],
  ['o or Enter', 'Open the row'],
  ['x', 'Select the row'],
  ['Escape', 'Close what is open'],
  ...Object.entries(PLACES).map(([key, { name }]) => [`g ${key}`, `Go to ${name}`] as const),
  ['?', 'This help'],
];

interface Openers {
  openPalette: () => void;
  openHelp: () => void;
}

/** The keys that every page understands, unless one types into a field or a dialog is open. */
export function useShortcuts({ openPalette, openHelp }: Openers): void {
  const navigate = useNavigate();
  useEffect(() => {
    let before = '';
    const deeds: Readonly<Record<string, () => void>> = {
      '/': openPalette,
      '?': openHelp,
      j: () => moveToRow(1),
      k: () => moveToRow(-1),
      o: () => currentRow()?.querySelector<HTMLElement>('.row-link')?.click(),
      x: () => currentRow()?.querySelector<HTMLElement>('input[type="checkbox"]')?.click(),
    };
    const onKey = (event: KeyboardEvent): void => {
      const { key, target, ctrlKey, metaKey, altKey } = event;
      if (document.querySelector('dialog[open]') !== null) return;
      if ((ctrlKey || metaKey) && key === 'k') {
        event.preventDefault();
        openPalette();
      }
      if (ctrlKey || metaKey || altKey || isTyping(target)) return;
      const place = before === 'g' ? Object.entries(PLACES).find(([name]) => name === key)?.[1] : undefined;
      before = key;
      if (place !== undefined) {
        void navigate({ to: place.to });
        return;
      }
      const deed = Object.hasOwn(deeds, key) ? deeds[key] : undefined;
      if (deed === undefined) return;
      event.preventDefault();
      deed();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, openPalette, openHelp]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type="checkbox"], [type="radio"]), select, textarea') !== null
  );
}

function currentRow(): Element | null {
  return document.activeElement?.closest('tbody tr') ?? null;
}

function moveToRow(step: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('main tbody .row-link')];
  const row = currentRow();
  const at = links.findIndex((link) => row?.contains(link));
  links[Math.min(Math.max(0, at + step), links.length - 1)]?.focus();
}
