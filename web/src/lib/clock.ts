import { observable, useObservable } from './observable.ts';

const SECOND_MS = 1000;
const LAZY_MS = 30_000;
const seconds = ticking(SECOND_MS);
const lazily = ticking(LAZY_MS);

function ticking(everyMs: number) {
  const now = observable(Date.now());
  setInterval(() => now.set(Date.now()), everyMs);
  return now;
}

/** The time, for what is told in minutes. */
export function useNow(): number {
  return useObservable(lazily);
}

/** The time, for what is told in seconds. */
export function useSeconds(): number {
  return useObservable(seconds);
}
