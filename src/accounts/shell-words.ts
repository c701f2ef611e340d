type State = 'between' | 'word' | "'" | '"';

/**
 * Splits text into words as a POSIX shell does, with quotes and backslashes, but without expanding anything: AWS's tools
 * read the headers of sections and the commands of `credential_process` so.
 *
 * @returns null when a quote is not closed, or nothing follows a backslash
 */
export function shellWords(text: string): string[] | null {
  const words: string[] = [];
  let state: State = 'between';
  const append = (piece: string): void => {
    if (state === 'between') {
      words.push('');
      state = 'word';
    }
    words.push(`${words.pop() ?? ''}${piece}`);
  };
  const characters = text[Symbol.iterator]();
  for (const character of characters) {
    if (character === state) state = 'word';
    else if (state === "'") append(character);
    else if (character === '\\') {
      const next = characters.next();
      if (next.done === true) return null;
      const escapes = state !== '"' || next.value === '"' || next.value === '\\';
      append(escapes ? next.value : `\\${next.value}`);
    } else if (state === '"') append(character);
    else if (character === "'" || character === '"') {
      append('');
      state = character;
    } else if (/[ \t\r\n]/.test(character)) state = 'between';
    else append(character);
  }
  return state === "'" || state === '"' ? null : words;
}

/** The text as one word of a shell, and of `shellWords`. */
export function shellWord(text: string): string {
  return /^[\w.@/+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
