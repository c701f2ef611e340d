import type { Job, ObjectList } from '../../../../../src/api/schemas/s3.ts';
import { read, readList } from '../../../api/read.ts';
import { isUnderWay, jobPath } from '../shared/queries.ts';
import type { JobSearch } from './search.ts';

/** It may be over in a few seconds. */
const MOVES_MS = 2000;
const OBJECTS = 200;

export const jobQuery = (id: string) => ({
  ...read<Job>('data-jobs', jobPath(id)),
  refetchInterval: ({ state }: { state: { data?: Job | undefined } }) =>
    state.data !== undefined && isUnderWay(state.data) ? MOVES_MS : false,
});

/** Read once more when the job has ended. */
export function objectsQuery(job: Job, { status }: JobSearch) {
  const list = readList<ObjectList>('data-jobs', `${jobPath(job.job_id)}/objects`, {
    status,
    limit: OBJECTS,
  });
  const underWay = isUnderWay(job);
  return {
    ...list,
    queryKey: [...list.queryKey, { underWay }],
    refetchInterval: underWay ? MOVES_MS : (false as const),
  };
}
