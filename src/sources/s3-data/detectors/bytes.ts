/** Classes of bytes; of ASCII only, so that every other byte separates as a space does. */
const DIGIT = 1;
const LETTER = 2;
const WORD = 4;
const LOCAL = 8;
const HOST = 16;
const UPPER_OR_DIGIT = 32;

const CLASSES = new Uint8Array(256);
function add(characters: string, classes: number): void {
  for (const character of characters) CLASSES[character.charCodeAt(0)]! |= classes;
}
add('0123456789', DIGIT | WORD | LOCAL | HOST | UPPER_OR_DIGIT);
add('ABCDEFGHIJKLMNOPQRSTUVWXYZ', LETTER | WORD | LOCAL | HOST | UPPER_OR_DIGIT);
add('abcdefghijklmnopqrstuvwxyz', LETTER | WORD | LOCAL | HOST);
add('_', WORD | LOCAL);
add('.%+-', LOCAL);
add('.-', HOST);

// A byte that is not there is never asked for (`PADDING`); types cannot know.
export function isDigit(byte: number | undefined): boolean {
  return ((CLASSES[byte as number] as number) & DIGIT) !== 0;
}

export function isLetter(byte: number | undefined): boolean {
  return ((CLASSES[byte as number] as number) & LETTER) !== 0;
}

export function isLetterOrDigit(byte: number | undefined): boolean {
  return ((CLASSES[byte as number] as number) & (LETTER | DIGIT)) !== 0;
}

/** A letter, a digit or `_`. */
export function isWord(byte: number | undefined): boolean {
  return ((CLASSES[byte as number] as number) & WORD) !== 0;
}

/** What stands before the `@` of an address. */
export function isLocal(byte: number | undefined): boolean {
  return ((CLASSES[byte as number] as number) & LOCAL) !== 0;
}

/** What a host name is made of. */
export function isHost(byte: number | undefined): boolean {
  return ((CLASSES[byte as number] as number) & HOST) !== 0;
}

export function isUpperOrDigit(byte: number | undefined): boolean {
  return ((CLASSES[byte as number] as number) & UPPER_OR_DIGIT) !== 0;
}

export const HYPHEN = 0x2d;
export const SPACE = 0x20;
export const DOT = 0x2e;
export const UNDERSCORE = 0x5f;
export const ZERO = 0x30;
