/** What JSON leaves as it is in strings, though a terminal would obey it or a reader not see it. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON in which every control, bidirectional or invisible character is escaped; parses to the same value. */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(UNPRINTABLE, (character) =>
    // Strings hold none: this one belongs to the layout.
    character === '\n' ? character : escaped(character),
  );
}

function escaped(character: string): string {
  const units = character.split('');
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
