import type { FormEvent } from 'react';
import type { SuppressRequest, SuppressResult } from '../../../../../src/api/schemas/events.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { SuppressionFields, useSuppressionDraft, whyOf } from '../../../components/suppression-fields.tsx';
import { plural } from '../../../lib/format.ts';

export type Targets = SuppressRequest['targets'];

interface Props {
  targets: Targets;
  /** The events in words: “3 selected events”. */
  what: string;
  onDone: () => void;
  onClose: () => void;
}

export function SuppressDialog({ targets, what, onDone, onClose }: Props) {
  const [draft, setDraft] = useSuppressionDraft();
  const suppress = useChange({
    send: (body: SuppressRequest) => request<SuppressResult>('/events/suppress', { method: 'POST', body }),
    refreshes: ['events', 'summary', 'accounts', 'suppressions'],
    onDone: ({ events }) => {
      toast(`${plural(events, 'event')} suppressed.`);
      onDone();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    suppress.mutate({ targets, ...whyOf(draft) });
  };
  return (
    <Dialog title="Suppress" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <p>
            {what}: not counted as active and not notified until the suppression ends. Scans go on following
            what is suppressed.
          </p>
          <SuppressionFields draft={draft} onChange={setDraft} />
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
