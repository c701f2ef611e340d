import { useEffect, useRef } from 'react';
import type { ReturnedFromProvider } from '../../../../../src/api/schemas/sign-in.ts';

/** Takes what a provider answered out of the address, so that the history does not keep it, and hands it on once. */
export function useAnswerInAddress(use: (answer: ReturnedFromProvider) => void): void {
  const used = useRef(false);
  useEffect(() => {
    const parameters = new URLSearchParams(location.search);
    const state = parameters.get('state');
    if (state === null || used.current) return;
    used.current = true;
    history.replaceState(history.state, '', location.pathname);
    const given = ['code', 'iss', 'error'].flatMap((name) => {
      const value = parameters.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    use({ state, ...Object.fromEntries(given) });
  });
}
