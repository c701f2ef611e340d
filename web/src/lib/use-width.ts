import { useEffect, useRef, useState } from 'react';

/** The width of an element in pixels, also when it changes; `fallback` until it is known. */
export function useWidth<Target extends Element>(fallback: number) {
  const ref = useRef<Target>(null);
  const [width, setWidth] = useState(fallback);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? fallback));
    observer.observe(element);
    return () => observer.disconnect();
  }, [fallback]);
  return [ref, width] as const;
}
