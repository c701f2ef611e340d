import { VedetteError } from '../errors.ts';

/** For an id that no run has, as far as is known. */
export function noSuchRun(runId: string): VedetteError {
  return new VedetteError('not-found', `There is no run ${runId}.`, {
    remedy:
      'The id of a run looks like run-2026-11-22-173005-1f3a, that of a scan is a number: see vedette scan list.',
  });
}
