import type { JobBook } from '../model/object-ledger.ts';
import type { ScanRunInput } from '../model/pipeline.ts';
import { jobOf } from '../planning/plan-data-job.ts';
import type { Place } from './place.ts';
import { cancelRun, newRunId, startRun } from './runs.ts';

/** Starts a job, which is a run, and returns its id. */
export async function startJob(
  book: JobBook,
  { temporal, taskQueue }: Pick<Place, 'temporal' | 'taskQueue'>,
  input: ScanRunInput,
): Promise<string> {
  const jobId = newRunId(input.organizationId);
  await book.add(jobOf(jobId, input));
  try {
    return await startRun(temporal, taskQueue, input, jobId);
  } catch (error) {
    await book.end(jobId, 'failed', 'It could not be started.');
    throw error;
  }
}

/** Asks a job to stop; what it has found stays. */
export async function cancelJob(book: JobBook, place: Place, jobId: string): Promise<void> {
  await cancelRun(place, jobId);
  await book.end(jobId, 'cancelled', null);
}
