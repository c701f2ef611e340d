import type { Detector } from './detector.ts';

/** A match as it may be shown and stored: nothing in it is the match itself. */
export interface Match {
  detector: Detector;
  /** Of its first byte in what was scanned. */
  offset: number;
  /** In bytes. */
  length: number;
  maskedMatch: string;
  context: string;
}

/** A match in the buffer, by indexes. */
export interface Found {
  detector: Detector;
  start: number;
  end: number;
  masked: string;
}
