/** Makes something of a list, such as an index, once for everything that is judged by it. */
export function perList<Item extends object, Made>(
  make: (items: readonly Item[]) => Made,
): (items: readonly Item[]) => Made {
  const kept = new WeakMap<readonly Item[], { made: Made }>();
  return (items) => {
    const known = kept.get(items) ?? { made: make(items) };
    kept.set(items, known);
    return known.made;
  };
}
