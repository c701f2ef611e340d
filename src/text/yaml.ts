import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { excerpt } from './printable.ts';

/** A YAML document, what it says, and the lines of the text. */
export interface ReadYaml {
  document: Document;
  lines: LineCounter;
  content: unknown;
}

/** Nobody writes more by hand. */
export const MOST_YAML_BYTES = 1024 * 1024;
/** A few aliases save writing; many, of each other, fill the memory. */
const MOST_ALIASES = 100;

const TOO_DEEP = { problem: 'It is nested too deeply', line: null };

/**
 * Reads YAML that somebody else wrote: a text that is broken, nested too deeply, or grows by its aliases has a problem, as
 * the end of a sentence, with its line where that is known.
 *
 * @param isText whether all is text, so that 1.10 is no number
 */
export function readYaml(
  text: string,
  { isText = false }: { isText?: boolean } = {},
): ReadYaml | { problem: string; line: number | null } {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      // Each would hold an excerpt, and there may be very many.
      prettyErrors: false,
      ...(isText ? { schema: 'failsafe' as const } : {}),
    });
    const [broken] = document.errors;
    if (broken !== undefined) {
      const isTooDeep = broken.message.startsWith('Maximum call stack size');
      if (isTooDeep) return TOO_DEEP;
      const [problem = ''] = broken.message.split('\n');
      return { problem: excerpt(problem, 200), line: lines.linePos(broken.pos[0]).line };
    }
    return { document, lines, content: document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown };
  } catch (error) {
    if (error instanceof RangeError) return TOO_DEEP;
    // Of aliases: they are followed only when the document is made a value.
    if (error instanceof ReferenceError) return { problem: excerpt(error.message, 200), line: null };
    throw error;
  }
}
