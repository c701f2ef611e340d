import type { Job } from '../../../../../src/api/schemas/s3.ts';
import { printable } from '../../../../../src/text/printable.ts';
import './job-progress.css';

/** How much of what has been listed is done, as a bar and a number. */
export function JobProgress({ job }: { job: Job }) {
  const { bucket, prefix, progress_percent: percent } = job;
  return (
    <span className="job-progress">
      <progress max={100} value={percent} aria-label={`Progress of ${printable(`${bucket}/${prefix}`)}`} />
      {Math.floor(percent)} %
    </span>
  );
}
