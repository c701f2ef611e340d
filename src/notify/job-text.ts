import type { DataJob } from '../model/object-ledger.ts';
import { summaryTime } from '../report/execution-summary.ts';
import { printable } from '../text/printable.ts';

/** How a job has ended: in one line for the subject, and as text. Of what was found, the number only. */
export function jobText(job: DataJob, publicUrl?: string): { title: string; text: string } {
  const { succeeded, skipped, failed, reason, ended_at: endedAt } = job;
  const place = printable(job.prefix === '' ? job.bucket : `${job.bucket}/${job.prefix}`);
  const objects = counted(job.total_objects, 'object');
  const end = job.status === 'completed' ? counted(job.total_findings, 'finding') : job.status;
  const facts = [
    ['Bucket', place],
    ['Account', printable(job.account)],
    ['Status', reason === null ? job.status : `${job.status}: ${printable(reason)}`],
    ['Objects', `${objects}: ${succeeded} succeeded, ${skipped} skipped, ${failed} failed`],
    ['Findings', `${job.total_findings}`],
    ['Detectors', job.detectors.map(printable).join(', ')],
    ['Started', `${summaryTime(job.created_at)} UTC`],
    ...(endedAt === null ? [] : [['Ended', `${summaryTime(endedAt)} UTC`]]),
    ['Job', printable(job.job_id)],
  ];
  const link = publicUrl === undefined ? [] : ['', `${publicUrl}/sensitive-data/jobs/${job.job_id}`];
  return {
    title: `sensitive data in ${place}: ${end}`,
    text: [...facts.map(([name = '', value]) => `${name.padEnd(10)}${value}`), ...link].join('\n'),
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
