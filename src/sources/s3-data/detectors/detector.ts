import type { Level } from '../../../model/level.ts';
import type { AnchorKind } from './anchors.ts';
import { isLetterOrDigit } from './bytes.ts';
import type { Span } from './match.ts';
import type { Pattern } from './pattern/pattern.ts';

/** How a detector finds its matches. */
export type Finder =
  /**
   * At the places of one kind that the byte kernel finds. Decides by the bytes around the place alone, within
   * `MATCH_LIMITS`.
   */
  | { by: 'anchor'; anchor: AnchorKind; match: (bytes: Uint8Array, at: number) => Span | null }
  /** By a pattern, which may need a keyword near it, and a validator that has the last word. */
  | {
      by: 'pattern';
      pattern: Pattern;
      /** One of these is in every match: where there is none of them, nobody looks further. */
      needs?: readonly string[];
      /** One of these, in lower case, in the `MATCH_LIMITS.keywords` bytes before; whichever case it has there. */
      keywords?: readonly string[];
      /** Whether a match is one; the same text gets the same answer. */
      validate?: (match: string) => boolean;
    };

export interface Detector {
  /** As it stands in tables, flags and JSON: never change it. */
  id: string;
  /** What it finds, in the plural: `US social security numbers`. */
  title: string;
  /** Of the event that an object becomes. */
  level: Level;
  /** What is a match and what is none, exactly, a sentence each. */
  rules: readonly string[];
  finder: Finder;
  /** The match as it may be shown: nothing of it that would be of use to anybody. */
  mask: (match: string) => string;
  /** Texts with one match, between `«` and `»`, and texts with none. */
  examples: Examples;
}

export interface Examples {
  positive: readonly string[];
  benign: readonly string[];
}

/** All letters and digits but the last ones, as `X`; what separates them stays. */
export function maskAllBut(last: number, match: string): string {
  const kept = Math.max(0, match.length - last);
  let masked = '';
  for (let index = 0; index < kept; index += 1) {
    const code = match.charCodeAt(index);
    const isHidden = code < 0x80 ? isLetterOrDigit(code) : OTHER_LETTER.test(match.charAt(index));
    masked += isHidden ? 'X' : match.charAt(index);
  }
  return masked + match.slice(kept);
}

const OTHER_LETTER = /[\p{L}\p{N}]/u;
