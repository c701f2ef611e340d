import { useEffect, useRef } from 'react';

/** Takes the code out of the address, so that neither the history nor a copied address keeps it, and hands it on once. */
export function useCodeInAddress(use: (code: string) => void): void {
  const used = useRef(false);
  useEffect(() => {
    const code = new URLSearchParams(location.hash.slice(1)).get('code');
    if (code === null || used.current) return;
    used.current = true;
    history.replaceState(history.state, '', `${location.pathname}${location.search}`);
    use(code);
  });
}
