import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { StartedRun, StartRunRequest } from '../../../../../src/api/schemas/runs.ts';
import { request } from '../../../api/client.ts';
import { accountsQuery, facetsQuery, runQuery, runsQuery } from '../../../api/queries.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { AccountChoice } from '../../../components/account-choice.tsx';
import { Button } from '../../../components/button.tsx';
import { Chips } from '../../../components/chips.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Checkbox } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { SourcesChoice } from '../../../components/sources.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { candidatesOf } from '../shared/candidates.ts';
import { SourceChoices, useKnownServices } from '../shared/source-choices.tsx';
import type { Choices } from '../shared/source-choices.tsx';
import { estimateText } from './estimate.ts';

export function StartRunDialog({ notAllowed, onClose }: { notAllowed: string | null; onClose: () => void }) {
  const accounts = useQuery(accountsQuery);
  const facets = useQuery(facetsQuery({}));
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<readonly string[] | 'all'>([]);
  const [sources, setSources] = useState<readonly string[]>([]);
  const [services, setServices] = useState<readonly string[]>([]);
  const [regions, setRegions] = useState<readonly string[]>([]);
  const [choices, setChoices] = useState<Choices>({ depth: null, frameworks: [] });
  const known = useKnownServices(sources);
  const [initial, setInitial] = useState(false);
  const start = useChange({
    send: (body: StartRunRequest) => request<StartedRun>('/runs', { method: 'POST', body }),
    refreshes: ['runs'],
    onDone: ({ runId }) => {
      toast('The run has started.');
      void navigate({ to: '/runs/$runId', params: { runId } });
    },
  });
  const candidates = candidatesOf(accounts.data?.accounts ?? []);
  const nothing = chosen.length === 0 ? 'Choose at least one account.' : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate({
      accounts: chosen === 'all' ? 'all' : [...chosen],
      ...(sources.length === 0 ? {} : { sources: [...sources] }),
      services: [...services],
      regions: [...regions],
      ...(choices.depth === null ? {} : { depth: choices.depth }),
      ...(choices.frameworks.length === 0 ? {} : { frameworks: [...choices.frameworks] }),
      initial,
    });
  };
  return (
    <Dialog title="Start a run" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <QueryView query={accounts} skeleton={<Skeleton rows={4} />}>
            {() => <AccountChoice candidates={candidates} chosen={chosen} onChange={setChosen} />}
          </QueryView>
          <SourcesChoice values={sources} onChange={setSources} />
          <SourceChoices sources={sources} values={choices} onChange={setChoices} />
          <Chips
            label="Services"
            hint="Such as s3 or iam. None: all."
            values={services}
            onChange={setServices}
            suggestions={[...new Set([...known, ...valuesOf(facets.data?.service)])]}
          />
          <Chips
            label="Regions"
            hint="Such as eu-west-1. None: all that are enabled."
            values={regions}
            onChange={setRegions}
            suggestions={valuesOf(facets.data?.region)}
          />
          <Checkbox
            label="First scan: record what is found without sending messages about it"
            checked={initial}
            onChange={setInitial}
          />
          <Estimate
            scans={(chosen === 'all' ? candidates.length : chosen.length) * Math.max(1, sources.length)}
          />
          {start.error !== null && <ProblemNote error={start.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button
            type="submit"
            look="primary"
            disabledReason={notAllowed ?? nothing}
            pending={start.isPending}
          >
            {start.isPending ? 'Starting…' : 'Start'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function valuesOf(facet: readonly { value: string }[] = []): string[] {
  return facet.map(({ value }) => value).filter((value) => value !== '');
}

/** How long it will take, as the last run that ended tells. */
function Estimate({ scans }: { scans: number }) {
  const runs = useQuery(runsQuery({ limit: 10 }));
  const last = runs.data?.runs.find(({ outcome }) => outcome === 'success' || outcome === 'partly-failed');
  const run = useQuery({ ...runQuery(last?.runId ?? ''), enabled: last !== undefined });
  const text = run.data === undefined ? null : estimateText(scans, run.data);
  return (
    <p className="muted" role="status">
      {text}
    </p>
  );
}
