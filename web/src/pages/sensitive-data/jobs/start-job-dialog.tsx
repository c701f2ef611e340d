import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { StartedJob } from '../../../../../src/api/schemas/s3.ts';
import { request } from '../../../api/client.ts';
import { accountsQuery } from '../../../api/queries.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { words } from '../../../lib/words.ts';

interface Wanted {
  bucket: string;
  prefix: string;
  account: string;
  detectors: string[];
  /** Left out where the bucket is listed. */
  inventory?: string;
}

export function StartJobDialog({ notAllowed, onClose }: { notAllowed: string | null; onClose: () => void }) {
  const accounts = useQuery(accountsQuery);
  const navigate = useNavigate();
  const [bucket, setBucket] = useState('');
  const [prefix, setPrefix] = useState('');
  const [chosen, setChosen] = useState('');
  const [detectors, setDetectors] = useState('');
  const [inventory, setInventory] = useState('');
  const start = useChange({
    send: (body: Wanted) => request<StartedJob>('/s3/scan', { method: 'POST', body }),
    refreshes: ['data-jobs'],
    onDone: ({ job_id: jobId }) => {
      toast('The job has started.');
      void navigate({ to: '/sensitive-data/jobs/$jobId', params: { jobId } });
    },
  });
  const profiles = (accounts.data?.accounts ?? []).flatMap(({ profile }) => profile ?? []);
  const account = (profiles.length === 1 ? profiles[0] : undefined) ?? chosen;
  const missing = bucket.trim() === '' ? 'Name a bucket.' : account === '' ? 'Choose an account.' : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate({
      bucket: bucket.trim(),
      prefix,
      account,
      detectors: words(detectors),
      ...(inventory.trim() === '' ? {} : { inventory: inventory.trim() }),
    });
  };
  return (
    <Dialog title="Scan a bucket" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <Field label="Bucket">
            {(control) => (
              <input
                {...control}
                autoComplete="off"
                spellCheck={false}
                maxLength={63}
                value={bucket}
                onChange={({ target }) => setBucket(target.value)}
              />
            )}
          </Field>
          <Field label="Prefix" hint="What the keys begin with. Empty: the whole bucket.">
            {(control) => (
              <input
                {...control}
                autoComplete="off"
                spellCheck={false}
                maxLength={1024}
                value={prefix}
                onChange={({ target }) => setPrefix(target.value)}
              />
            )}
          </Field>
          <Field label="Account" hint="Whose credentials read the bucket.">
            {(control) => (
              <select {...control} value={account} onChange={({ target }) => setChosen(target.value)}>
                {profiles.length !== 1 && <option value="">Choose one</option>}
                {profiles.map((profile) => (
                  <option key={profile}>{profile}</option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Detectors" hint="Such as ssn, credit_card. Empty: the configured ones.">
            {(control) => (
              <input
                {...control}
                autoComplete="off"
                spellCheck={false}
                value={detectors}
                onChange={({ target }) => setDetectors(target.value)}
              />
            )}
          </Field>
          <Field
            label="Inventory"
            hint="The manifest of an S3 Inventory, s3://…/manifest.json, that names the objects. Empty: the bucket is listed."
          >
            {(control) => (
              <input
                {...control}
                autoComplete="off"
                spellCheck={false}
                maxLength={1100}
                value={inventory}
                onChange={({ target }) => setInventory(target.value)}
              />
            )}
          </Field>
          {start.error !== null && <ProblemNote error={start.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button
            type="submit"
            look="primary"
            disabledReason={notAllowed ?? missing}
            pending={start.isPending}
          >
            {start.isPending ? 'Starting…' : 'Start'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
