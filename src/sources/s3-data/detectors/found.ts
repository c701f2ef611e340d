import type { Detector } from './detector.ts';

export interface Match {
  detector: Detector;
  /** Of its first byte in what was scanned. */
  offset: number;
  /** In bytes. */
  length: number;
  /** How it may be shown. Asked for before the next match comes, or never: it takes longer than to find the match. */
  show: () => Shown;
}

/** A match as it may be shown and stored: nothing in it is the match itself. */
export interface Shown {
  maskedMatch: string;
  context: string;
}

/** A match in the buffer, by indexes. */
export interface Found {
  detector: Detector;
  start: number;
  end: number;
  /** Made when it is needed first; null before. */
  masked: string | null;
}
