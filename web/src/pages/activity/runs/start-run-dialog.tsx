import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { StartedRun, StartRunRequest } from '../../../../../src/api/schemas/runs.ts';
import { request } from '../../../api/client.ts';
import { accountsQuery } from '../../../api/queries.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Checkbox, Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { ProfileChoice } from '../../../components/profile-choice.tsx';
import { SourceChoice } from '../../../components/sources.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { words } from '../../../lib/words.ts';

export function StartRunDialog({ notAllowed, onClose }: { notAllowed: string | null; onClose: () => void }) {
  const accounts = useQuery(accountsQuery);
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<readonly string[] | 'all'>('all');
  const [source, setSource] = useState('');
  const [services, setServices] = useState('');
  const [regions, setRegions] = useState('');
  const [initial, setInitial] = useState(false);
  const start = useChange({
    send: (body: StartRunRequest) => request<StartedRun>('/runs', { method: 'POST', body }),
    refreshes: ['runs'],
    onDone: ({ runId }) => {
      toast('The run has started.');
      void navigate({ to: '/runs/$runId', params: { runId } });
    },
  });
  const nothing = chosen.length === 0 ? 'Choose at least one account.' : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate({
      accounts: chosen === 'all' ? 'all' : [...chosen],
      ...(source === '' ? {} : { source }),
      services: words(services),
      regions: words(regions),
      initial,
    });
  };
  return (
    <Dialog title="Start a run" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <QueryView query={accounts} skeleton={<Skeleton rows={4} />}>
            {(list) => (
              <ProfileChoice
                profiles={list.accounts.flatMap(({ profile }) => profile ?? [])}
                chosen={chosen}
                onChange={setChosen}
              />
            )}
          </QueryView>
          <SourceChoice value={source} onChange={setSource} />
          <Field label="Services" hint="Separated by spaces, such as s3 iam ec2. Empty: all.">
            {(control) => (
              <input {...control} value={services} onChange={({ target }) => setServices(target.value)} />
            )}
          </Field>
          <Field label="Regions" hint="Separated by spaces, such as eu-west-1. Empty: all that are enabled.">
            {(control) => (
              <input {...control} value={regions} onChange={({ target }) => setRegions(target.value)} />
            )}
          </Field>
          <Checkbox
            label="First scan: record what is found without sending messages about it"
            checked={initial}
            onChange={setInitial}
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
