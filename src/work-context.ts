import type { Logger } from './log.ts';

/** What every domain function is given: how to stop, whom to tell, where to log. */
export interface WorkContext {
  /** Aborted when the work is to stop; whatever was started stops with it. */
  signal: AbortSignal;
  /** Called with one line of text whenever something moved, at most about once a second. */
  onProgress: (line: string) => void;
  logger: Logger;
}
