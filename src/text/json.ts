/** What JSON leaves as it is in strings, though a terminal would obey it or a reader not see it. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON in which every control, bidirectional or invisible character is escaped; parses to the same value. */
export function jsonText(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, indent);
  if (isPlain(text)) return text;
  return text.replace(UNPRINTABLE, (character) =>
    // Strings hold none: this one belongs to the layout.
    character === '\n' ? character : escaped(character),
  );
}

/** Nearly all JSON is ASCII, of which it escapes all controls but the last; this is told faster than by a pattern. */
function isPlain(text: string): boolean {
  return Buffer.byteLength(text) === text.length && !text.includes('\u007f');
}

function escaped(character: string): string {
  const units = character.split('');
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
