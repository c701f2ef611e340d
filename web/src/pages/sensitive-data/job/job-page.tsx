import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Job, StartedJob } from '../../../../../src/api/schemas/s3.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { toast } from '../../../app/toasts.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Fact, Facts, Page, Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { useSeconds } from '../../../lib/clock.ts';
import { bytesText, durationText, numberText } from '../../../lib/format.ts';
import { JobProgress } from '../shared/job-progress.tsx';
import { isUnderWay, jobPath } from '../shared/queries.ts';
import { jobQuery } from './queries.ts';
import { UnseenObjects } from './unseen-objects.tsx';

const route = getRouteApi('/app/sensitive-data/jobs/$jobId');

/** One job: how far it is, what it found, and what it could not look at. */
export function JobPage() {
  const { jobId } = route.useParams();
  const query = useQuery(jobQuery(jobId));
  return (
    <Page
      title="Job"
      lead={<Id>{jobId}</Id>}
      actions={query.data === undefined ? undefined : <Actions job={query.data} />}
    >
      <QueryView query={query} skeleton={<Skeleton rows={10} />}>
        {(job) => (
          <>
            <JobFacts job={job} />
            <Section title="Not scanned whole">
              <UnseenObjects job={job} />
            </Section>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function JobFacts({ job }: { job: Job }) {
  return (
    <>
      {job.reason !== null && (
        <p className="note" data-tone="bad">
          <Plain>{job.reason}</Plain>
        </p>
      )}
      <Facts>
        <Fact name="Status">
          <StatusBadge status={job.status} />
        </Fact>
        <Fact name="Progress">
          <JobProgress job={job} />
        </Fact>
        <Fact name="Bucket">
          <Plain>{job.bucket}</Plain>
        </Fact>
        {job.prefix !== '' && (
          <Fact name="Prefix">
            <Plain>{job.prefix}</Plain>
          </Fact>
        )}
        <Fact name="Account">
          <Plain>{job.account}</Plain>
        </Fact>
        <Fact name="Started">
          <Time at={job.created_at} exact />
        </Fact>
        <Fact name={job.ended_at === null ? 'Running for' : 'Took'}>
          <Duration job={job} />
        </Fact>
        <Fact name="Objects">{numberText(job.total_objects)}</Fact>
        {isUnderWay(job) && (
          <>
            <Fact name="Queued">{numberText(job.queued)}</Fact>
            <Fact name="Processing">{numberText(job.processing)}</Fact>
          </>
        )}
        <Fact name="Succeeded">{numberText(job.succeeded)}</Fact>
        <Fact name="Failed">{numberText(job.failed)}</Fact>
        <Fact name="Skipped">{numberText(job.skipped)}</Fact>
        <Fact name="Read">{bytesText(job.bytes)}</Fact>
        <Fact name="Matches">
          {numberText(job.total_findings)}{' '}
          <Link to="/sensitive-data/results" search={{ job: job.job_id }}>
            the new ones
          </Link>
        </Fact>
        <Fact name="Detectors">
          <Plain>{job.detectors.join(', ')}</Plain>
        </Fact>
      </Facts>
    </>
  );
}

function Duration({ job: { created_at: from, ended_at: to } }: { job: Job }) {
  const now = useSeconds();
  const end = to === null ? now : Date.parse(to);
  return <>{durationText(Math.max(0, end - Date.parse(from)))}</>;
}

/** Cancel while it is under way; afterwards, try again what failed. */
function Actions({ job }: { job: Job }) {
  return isUnderWay(job) ? <CancelJob jobId={job.job_id} /> : <RetryJob job={job} />;
}

function CancelJob({ jobId }: { jobId: string }) {
  const [asked, setAsked] = useState(false);
  const notAllowed = useDisabledReason('run');
  const cancel = useChange({
    send: () => request<Job>(`${jobPath(jobId)}/cancel`, { method: 'POST' }),
    refreshes: ['data-jobs'],
    onDone: () => {
      setAsked(false);
      toast('The job is being cancelled; what it has found stays.');
    },
  });
  const sent = cancel.isSuccess ? 'Cancelling…' : null;
  return (
    <>
      <Button look="danger" disabledReason={notAllowed ?? sent} onClick={() => setAsked(true)}>
        {sent ?? 'Cancel the job…'}
      </Button>
      {asked && (
        <ConfirmDialog
          title="Cancel the job?"
          action={cancel.isPending ? 'Cancelling…' : 'Cancel the job'}
          pending={cancel.isPending}
          error={cancel.error}
          onConfirm={() => cancel.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>
            What it has found stays, and objects that were scanned whole are not read again by the next job.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function RetryJob({ job }: { job: Job }) {
  const navigate = useNavigate();
  const notAllowed = useDisabledReason('run');
  const nothing = job.failed > 0 ? null : 'No object failed.';
  const retry = useChange({
    send: () => request<StartedJob>(`${jobPath(job.job_id)}/retry`, { method: 'POST' }),
    refreshes: ['data-jobs'],
    onDone: ({ job_id: jobId }) => {
      toast('A job over the failed objects has started.');
      void navigate({ to: '/sensitive-data/jobs/$jobId', params: { jobId } });
    },
  });
  return (
    <>
      <Button disabledReason={notAllowed ?? nothing} pending={retry.isPending} onClick={() => retry.mutate()}>
        {retry.isPending ? 'Starting…' : 'Retry failed objects'}
      </Button>
      {retry.error !== null && <ProblemNote error={retry.error} />}
    </>
  );
}
