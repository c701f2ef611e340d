import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Schedule, ScheduleEntry } from '../../../../../src/api/schemas/schedules.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { toast } from '../../../app/toasts.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Fact, Facts, Page, Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { SourceName, useSeveralSources } from '../../../components/sources.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { numberText } from '../../../lib/format.ts';
import { ScheduleDialog } from '../shared/schedule-dialog.tsx';
import { sourcesText, timingText } from '../shared/schedule-form.ts';
import { schedulePath } from '../shared/schedule-path.ts';
import { scheduleQuery } from './queries.ts';
import type { ScheduleSearch } from './search.ts';

const route = getRouteApi('/app/schedules/$name');

export function SchedulePage() {
  const { name } = route.useParams();
  const { dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(scheduleQuery(name));
  const notAllowed = useDisabledReason('configure');
  const show = (next: ScheduleSearch['dialog']): void => void navigate({ search: { dialog: next } });
  const close = (): void => show(undefined);
  return (
    <Page
      title={`Schedule ${name}`}
      actions={query.data === undefined ? undefined : <Actions schedule={query.data} onShow={show} />}
    >
      <QueryView query={query} skeleton={<Skeleton rows={8} />}>
        {(schedule) => (
          <>
            <ScheduleFacts schedule={schedule} />
            <div className="columns">
              <Section title="Next runs">
                <NextRuns schedule={schedule} />
              </Section>
              <Section title="Recent runs">
                <RecentRuns schedule={schedule} />
              </Section>
            </div>
            {dialog === 'edit' && (
              <ScheduleDialog schedule={schedule} notAllowed={notAllowed} onClose={close} />
            )}
            {dialog === 'delete' && <DeleteSchedule name={name} onClose={close} />}
          </>
        )}
      </QueryView>
    </Page>
  );
}

const DONE = { pause: 'paused', resume: 'resumed', trigger: 'started' } as const;

function Actions({
  schedule: { name, paused },
  onShow,
}: {
  schedule: Schedule;
  onShow: (dialog: ScheduleSearch['dialog']) => void;
}) {
  const operate = useDisabledReason('run');
  const admin = useDisabledReason('configure');
  const act = useChange({
    send: (action: keyof typeof DONE) =>
      request<unknown>(`${schedulePath(name)}/${action}`, { method: 'POST' }),
    refreshes: ['schedules', 'runs', 'accounts'],
    onDone: (_, action) => toast(`Schedule ${name} ${DONE[action]}.`),
  });
  return (
    <>
      <Button disabledReason={operate} pending={act.isPending} onClick={() => act.mutate('trigger')}>
        Run now
      </Button>
      <Button
        disabledReason={operate}
        pending={act.isPending}
        onClick={() => act.mutate(paused ? 'resume' : 'pause')}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button disabledReason={admin} onClick={() => onShow('edit')}>
        Change…
      </Button>
      <Button look="danger" disabledReason={admin} onClick={() => onShow('delete')}>
        Delete…
      </Button>
      {act.error !== null && <ProblemNote error={act.error} />}
    </>
  );
}

function ScheduleFacts({ schedule }: { schedule: Schedule }) {
  const { entry, paused, note } = schedule;
  return (
    <Facts>
      <Fact name="Status">
        <StatusBadge status={paused ? 'paused' : 'scheduled'} />
      </Fact>
      {note !== null && (
        <Fact name="Note">
          <Plain>{note}</Plain>
        </Fact>
      )}
      <Fact name="When">{timingText(entry)}</Fact>
      <Fact name="Jitter">{entry.jitter ?? '0s'}</Fact>
      <Fact name="Overlap">{entry.overlap ?? 'skip'}</Fact>
      {entry.kind === 'purge' ? (
        <Fact name="Removes">resolved more than {entry.olderThan} ago</Fact>
      ) : (
        <ScanFacts entry={entry} />
      )}
      <Fact name="Made">
        <Time at={schedule.createdAt} exact />
      </Fact>
      <Fact name="Runs skipped">{numberText(schedule.skippedRuns)}</Fact>
      <Fact name="Runs missed">{numberText(schedule.missedRuns)}</Fact>
    </Facts>
  );
}

function ScanFacts({ entry }: { entry: ScheduleEntry }) {
  const { accounts, services, regions } = entry;
  const severalSources = useSeveralSources();
  return (
    <>
      {severalSources && (
        <Fact name="Source">
          <SourceName id={sourcesText(entry)} />
        </Fact>
      )}
      {Object.entries({ Accounts: accounts, Services: services, Regions: regions }).map(([name, names]) => (
        <Fact key={name} name={name}>
          <Plain>{names?.join(', ') ?? 'all'}</Plain>
        </Fact>
      ))}
    </>
  );
}

function NextRuns({ schedule: { paused, nextRunsAt } }: { schedule: Schedule }) {
  if (paused) return <p className="muted">None while it is paused.</p>;
  return (
    <ol className="plain-list">
      {nextRunsAt.map((at) => (
        <li key={at}>
          <Time at={at} exact />{' '}
          <span className="muted">
            <Time at={at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function RecentRuns({ schedule: { recentRuns, running } }: { schedule: Schedule }) {
  if (recentRuns.length === 0) return <p className="muted">None yet.</p>;
  return (
    <ol className="plain-list">
      {recentRuns
        .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
        .map(({ runId, startedAt }) => (
          <li key={runId}>
            <Link to="/runs/$runId" params={{ runId }}>
              <Id>{runId}</Id>
            </Link>{' '}
            <Time at={startedAt} /> {running.includes(runId) && <StatusBadge status="running" />}
          </li>
        ))}
    </ol>
  );
}

function DeleteSchedule({ name, onClose }: { name: string; onClose: () => void }) {
  const navigate = useNavigate();
  const remove = useChange({
    send: () => request<void>(schedulePath(name), { method: 'DELETE' }),
    refreshes: ['accounts'],
    onDone: () => {
      toast(`Schedule ${name} deleted.`);
      void navigate({ to: '/schedules' });
    },
  });
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      action={remove.isPending ? 'Deleting…' : 'Delete the schedule'}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>It starts no more runs. Its runs and what they found stay.</p>
    </ConfirmDialog>
  );
}
