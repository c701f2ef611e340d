/** Of a word of this length, so many letters may be wrong. */
const LETTERS_PER_MISTAKE = 3;
const LONGEST = 64;

/**
 * The candidate that somebody most likely meant by a word, whatever its case; the first of equals. Undefined when more
 * than a third of it would be wrong.
 */
export function mostSimilar(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > LONGEST) return undefined;
  const most = Math.max(1, Math.floor(word.length / LETTERS_PER_MISTAKE));
  const ranked = candidates
    .map((candidate) => ({ candidate, mistakes: mistakes(word.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((one, other) => one.mistakes - other.mistakes);
  return ranked.find((one) => one.mistakes <= most)?.candidate;
}

/** Letters to add, leave out, replace or swap with the next (Damerau and Levenshtein's distance of aligned strings). */
function mistakes(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const differs = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + differs,
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
