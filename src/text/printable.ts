/** Controls, format characters (bidirectional overrides, zero-width), line separators, lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text of unknown origin as one line that shows what it is made of: whatever would move the cursor, start a new
 * line, reorder or hide characters stands there as `\n`, `\u001b` or `\u{e0041}`. Quoting for HTML or CSV comes after.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => SHORT[character] ?? escaped(character));
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/** The printable text, cut to at most `length` UTF-16 units; an ellipsis says that it was cut. */
export function excerpt(text: string, length: number): string {
  const shown = printable(text);
  if (shown.length <= length) return shown;
  const halfCharacter = /[\uD800-\uDBFF]$/;
  return `${shown.slice(0, length - 1).replace(halfCharacter, '')}…`;
}
