import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Run, StartedRun } from '../../../../../src/api/schemas/runs.ts';
import { request } from '../../../api/client.ts';
import { runPath } from '../../../api/queries.ts';
import { useChange } from '../../../api/use-change.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { toast } from '../../../app/toasts.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Fact, Facts, Page, Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { SourceName } from '../../../components/sources.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { Id, WebLink } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { useSeconds } from '../../../lib/clock.ts';
import { durationText } from '../../../lib/format.ts';
import { AccountOutcomes } from './account-outcomes.tsx';
import { LiveAccounts } from './live-accounts.tsx';
import { useLiveRun } from './use-live-run.ts';

const route = getRouteApi('/app/runs/$runId');

export function RunPage() {
  const { runId } = route.useParams();
  const { query, streaming } = useLiveRun(runId);
  return (
    <Page
      title="Run"
      lead={<Id>{runId}</Id>}
      actions={query.data === undefined ? undefined : <Actions run={query.data} />}
    >
      <QueryView query={query} skeleton={<Skeleton rows={10} />}>
        {(run) => (
          <>
            <RunFacts run={run} streaming={streaming} />
            {run.status === 'running' && (
              <Section title="Accounts">
                <LiveAccounts accounts={run.live} />
              </Section>
            )}
            {run.accounts.length > 0 && (
              <Section title="Outcome">
                <AccountOutcomes accounts={run.accounts} />
              </Section>
            )}
          </>
        )}
      </QueryView>
    </Page>
  );
}

function RunFacts({ run, streaming }: { run: Run; streaming: boolean }) {
  return (
    <Facts>
      <Fact name="Status">
        <RunStatus run={run} streaming={streaming} />
      </Fact>
      <Fact name="Started">
        <Time at={run.startedAt} exact />
      </Fact>
      <Fact name={run.endedAt === null ? 'Running for' : 'Took'}>
        <Duration run={run} />
      </Fact>
      <Fact name="Source">
        <SourceName id={run.source} />
      </Fact>
      <Fact name="Scans at a time">{run.concurrency}</Fact>
      <Fact name="Services">{run.services.length === 0 ? 'all' : run.services.join(', ')}</Fact>
      <Fact name="Regions">{run.regions.length === 0 ? 'all' : run.regions.join(', ')}</Fact>
      {run.depth !== null && <Fact name="Depth">{run.depth}</Fact>}
      {run.frameworks.length > 0 && <Fact name="Frameworks">{run.frameworks.join(', ')}</Fact>}
      {run.checks.length > 0 && <Fact name="Checks">{run.checks.join(', ')}</Fact>}
      <Fact name="Scans">
        <Link to="/scans" search={{ run: run.runId }}>
          of this run
        </Link>
      </Fact>
      {run.temporalUrl !== null && (
        <Fact name="Temporal">
          <WebLink address={run.temporalUrl}>Workflow</WebLink>
        </Fact>
      )}
    </Facts>
  );
}

function RunStatus({ run, streaming }: { run: Run; streaming: boolean }) {
  return (
    <>
      <StatusBadge status={run.outcome ?? run.status} />
      {run.status === 'running' && (
        <span className="muted">{streaming ? ' live' : ' read again every 5 s'}</span>
      )}
    </>
  );
}

function Duration({ run: { startedAt, endedAt } }: { run: Run }) {
  const now = useSeconds();
  const end = endedAt === null ? now : Date.parse(endedAt);
  return <>{durationText(Math.max(0, end - Date.parse(startedAt)))}</>;
}

/** Cancel while it runs; afterwards, run again what failed. */
function Actions({ run }: { run: Run }) {
  return run.status === 'running' ? <CancelRun runId={run.runId} /> : <RetryRun run={run} />;
}

function CancelRun({ runId }: { runId: string }) {
  const [asked, setAsked] = useState(false);
  const notAllowed = useDisabledReason('run');
  const cancel = useChange({
    send: () => request<void>(`${runPath(runId)}/cancel`, { method: 'POST' }),
    refreshes: ['runs'],
    onDone: () => {
      setAsked(false);
      toast('The run is being cancelled; accounts that have ended keep their results.');
    },
  });
  const sent = cancel.isSuccess ? 'Cancelling…' : null;
  return (
    <>
      <Button look="danger" disabledReason={notAllowed ?? sent} onClick={() => setAsked(true)}>
        {sent ?? 'Cancel the run…'}
      </Button>
      {asked && (
        <ConfirmDialog
          title="Cancel the run?"
          action={cancel.isPending ? 'Cancelling…' : 'Cancel the run'}
          pending={cancel.isPending}
          error={cancel.error}
          onConfirm={() => cancel.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>
            Scans under way are ended and leave nothing. Accounts that have ended keep their results. It can
            be retried later.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function RetryRun({ run }: { run: Run }) {
  const navigate = useNavigate();
  const notAllowed = useDisabledReason('run');
  const failed = run.accounts.some(({ outcome }) => outcome !== 'success');
  const nothing = failed ? null : 'No account failed.';
  const retry = useChange({
    send: () => request<StartedRun>(`${runPath(run.runId)}/retry`, { method: 'POST' }),
    refreshes: ['runs'],
    onDone: ({ runId }) => {
      toast('A run of the failed accounts has started.');
      void navigate({ to: '/runs/$runId', params: { runId } });
    },
  });
  return (
    <>
      <Button disabledReason={notAllowed ?? nothing} pending={retry.isPending} onClick={() => retry.mutate()}>
        {retry.isPending ? 'Starting…' : 'Retry failed accounts'}
      </Button>
      {retry.error !== null && <ProblemNote error={retry.error} />}
    </>
  );
}
