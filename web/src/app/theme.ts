import { observable } from '../lib/observable.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const chosen = localStorage.getItem('theme');
/** `public/theme.js` applies the same choice before the first paint. */
export const theme = observable<Theme>(THEMES.find((name) => name === chosen) ?? 'system');

export function chooseTheme(name: Theme): void {
  theme.set(name);
  if (name === 'system') {
    localStorage.removeItem('theme');
    delete document.documentElement.dataset['theme'];
  } else {
    localStorage.setItem('theme', name);
    document.documentElement.dataset['theme'] = name;
  }
}
