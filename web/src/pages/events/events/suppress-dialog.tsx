import { useState } from 'react';
import type { FormEvent } from 'react';
import type { SuppressRequest, SuppressResult } from '../../../../../src/api/schemas/events.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { plural } from '../../../lib/format.ts';

export type Targets = SuppressRequest['targets'];

const DAY_MS = 86_400_000;
const EXPIRIES = [
  ['7', 'in 7 days'],
  ['30', 'in 30 days'],
  ['90', 'in 90 days'],
  ['365', 'in a year'],
  ['never', 'when somebody ends it'],
] as const;

interface Props {
  targets: Targets;
  /** The events in words: “3 selected events”. */
  what: string;
  onDone: () => void;
  onClose: () => void;
}

export function SuppressDialog({ targets, what, onDone, onClose }: Props) {
  const [reason, setReason] = useState('');
  const [owner, setOwner] = useState('');
  const [expiry, setExpiry] = useState<string>('90');
  const suppress = useChange({
    send: (body: SuppressRequest) => request<SuppressResult>('/events/suppress', { method: 'POST', body }),
    refreshes: ['events', 'summary', 'accounts'],
    onDone: ({ events }) => {
      toast(`${plural(events, 'event')} suppressed.`);
      onDone();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    suppress.mutate({ targets, reason, owner, ...expiresIn(expiry) });
  };
  return (
    <Dialog title="Suppress" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <p>
            {what}: not counted as active and not notified until the suppression ends. Scans go on following
            what is suppressed.
          </p>
          <Field label="Reason" hint="At least three characters; others read it in the history.">
            {(control) => (
              <textarea
                {...control}
                required
                minLength={3}
                maxLength={500}
                rows={3}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
          <Field label="Owner" hint="Who answers for it.">
            {(control) => (
              <input
                {...control}
                required
                maxLength={100}
                value={owner}
                onChange={({ target }) => setOwner(target.value)}
              />
            )}
          </Field>
          <Field label="Ends">
            {(control) => (
              <select {...control} value={expiry} onChange={({ target }) => setExpiry(target.value)}>
                {EXPIRIES.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {suppress.error !== null && <ProblemNote error={suppress.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button type="submit" look="primary" pending={suppress.isPending}>
            {suppress.isPending ? 'Suppressing…' : 'Suppress'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function expiresIn(days: string): { expiresAt: string | null } {
  if (days === 'never') return { expiresAt: null };
  return { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() };
}
