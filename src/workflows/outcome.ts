import { AccountOutcomeKind } from '../model/run.ts';
import type { Stage } from '../model/run.ts';

/** The documented classes of failure: scanning, parsing, and everything later. */
export function outcomeAtStage(stage: Stage): AccountOutcomeKind {
  if (stage === 'scan') return AccountOutcomeKind.FailedScan;
  if (stage === 'parse') return AccountOutcomeKind.FailedParsing;
  return AccountOutcomeKind.Failed;
}
