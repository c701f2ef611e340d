import type { BucketList, Job, JobList } from '../../../../../src/api/schemas/s3.ts';
import { read, REFRESH_MS } from '../../../api/read.ts';

export const bucketsQuery = read<BucketList>('data-jobs', '/s3/buckets');

/** The latest; a job that is under way moves. */
export const jobsQuery = {
  ...read<JobList>('data-jobs', '/s3/jobs', { limit: 500 }),
  refetchInterval: ({ state }: { state: { data?: JobList | undefined } }) =>
    state.data?.jobs.some(isUnderWay) === true ? REFRESH_MS : false,
};

export const jobPath = (id: string): string => `/s3/jobs/${encodeURIComponent(id)}`;

export function isUnderWay({ status }: Pick<Job, 'status'>): boolean {
  return status === 'queued' || status === 'processing';
}
