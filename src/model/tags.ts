/** As many as AWS lets a resource have. */
const MOST_TAGS = 50;
/** What is called so may be a secret, and is not stored. */
const SECRET = /secret|password|passwd|token|credential|api.?key/i;

/** What is kept of a resource's tags; undefined where that is nothing. */
export function keptTags(
  pairs: Iterable<readonly [key: unknown, value: unknown]>,
): Record<string, string> | undefined {
  const kept = [...pairs].filter(
    (pair): pair is [string, string] =>
      typeof pair[0] === 'string' && typeof pair[1] === 'string' && pair[0] !== '' && !SECRET.test(pair[0]),
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept.slice(0, MOST_TAGS));
}
