import { useState } from 'react';
import type { EventFacets } from '../../../../../src/api/schemas/events.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { Button } from '../../../components/button.tsx';
import { plural } from '../../../lib/format.ts';
import type { ScopedFilter } from '../shared/event-filter.ts';
import { SuppressDialog } from './suppress-dialog.tsx';
import type { Targets } from './suppress-dialog.tsx';
import { UnsuppressDialog } from './unsuppress-dialog.tsx';

interface Props {
  ids: readonly number[];
  filter: ScopedFilter;
  facets: EventFacets | undefined;
  onDone: () => void;
}

/** What can be done with the selected events, or with all that the filters meet. */
export function BulkBar({ ids, filter, facets, onDone }: Props) {
  const [all, setAll] = useState(false);
  const [dialog, setDialog] = useState<'suppress' | 'unsuppress' | null>(null);
  const permission = useDisabledReason('suppress');
  const nothing = ids.length === 0 && !all ? 'Select events first.' : null;
  const reason = permission ?? nothing;
  const targets: Targets = all ? { filter } : { ids: [...ids] };
  const what = all ? allText(facets) : plural(ids.length, 'selected event');
  const done = (): void => {
    setDialog(null);
    setAll(false);
    onDone();
  };
  return (
    <div
      className="bulk-bar"
      role="group"
      aria-label="Bulk actions"
      data-none={(ids.length === 0 && !all) || undefined}
    >
      <label className="checkbox">
        <input type="checkbox" checked={all} onChange={({ target }) => setAll(target.checked)} />
        <span>All that match</span>
      </label>
      <span className="bulk-count" aria-live="polite">
        {ids.length === 0 && !all ? 'None selected' : what}
      </span>
      <Button disabledReason={reason} onClick={() => setDialog('suppress')}>
        Suppress…
      </Button>
      <Button disabledReason={reason} onClick={() => setDialog('unsuppress')}>
        End suppression…
      </Button>
      {dialog === 'suppress' && (
        <SuppressDialog targets={targets} what={what} onDone={done} onClose={() => setDialog(null)} />
      )}
      {dialog === 'unsuppress' && (
        <UnsuppressDialog targets={targets} what={what} onDone={done} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}

function allText(facets: EventFacets | undefined): string {
  return facets?.exact === true ? `all ${plural(facets.total, 'matching event')}` : 'all matching events';
}
