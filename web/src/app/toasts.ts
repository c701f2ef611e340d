import { observable } from '../lib/observable.ts';

export interface Toast {
  id: number;
  text: string;
}

const SHOWN_MS = 6000;
const MOST_SHOWN = 3;
let lastId = 0;

export const toasts = observable<readonly Toast[]>([]);

/** Says in a corner, and to screen readers, that something was done. */
export function toast(text: string): void {
  const id = (lastId += 1);
  toasts.set([...toasts.get(), { id, text }].slice(-MOST_SHOWN));
  setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  toasts.set(toasts.get().filter((shown) => shown.id !== id));
}
