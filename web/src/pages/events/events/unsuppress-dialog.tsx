import type { SuppressResult } from '../../../../../src/api/schemas/events.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { plural } from '../../../lib/format.ts';
import type { Targets } from './suppress-dialog.tsx';

interface Props {
  targets: Targets;
  what: string;
  onDone: () => void;
  onClose: () => void;
}

export function UnsuppressDialog({ targets, what, onDone, onClose }: Props) {
  const unsuppress = useChange({
    send: () => request<SuppressResult>('/events/unsuppress', { method: 'POST', body: { targets } }),
    refreshes: ['events', 'summary', 'accounts'],
    onDone: ({ events }) => {
      toast(`${plural(events, 'event')} active again.`);
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title="End suppression"
      action={unsuppress.isPending ? 'Ending…' : 'End suppression'}
      pending={unsuppress.isPending}
      error={unsuppress.error}
      onConfirm={() => unsuppress.mutate()}
      onClose={onClose}
    >
      <p>
        {what}: those that are suppressed become active again. The next message counts those never notified.
      </p>
    </ConfirmDialog>
  );
}
