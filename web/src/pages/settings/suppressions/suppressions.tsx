import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SuppressionList } from '../../../../../src/api/schemas/events.ts';
import { DEFAULT_SUPPRESSION_DAYS, noticeDue, ruleText } from '../../../../../src/model/suppression.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { inDays, kindName } from '../../../components/suppression-fields.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { useNow } from '../../../lib/clock.ts';
import { numberText, plural } from '../../../lib/format.ts';
import { AddRuleDialog } from './add-rule-dialog.tsx';
import { suppressionsQuery } from './queries.ts';

type Listed = SuppressionList['suppressions'][number];

const REFRESHES = ['events', 'summary', 'accounts', 'suppressions'] as const;

const column = columnsOf<Listed>();
const columns = column.columns([
  column.accessor('rule', {
    header: 'Meets',
    cell: ({ getValue }) => <Plain>{ruleText(getValue())}</Plain>,
    meta: { names: true, wide: true },
  }),
  column.accessor('events', {
    header: 'Events',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
  column.accessor('expiresAt', {
    header: 'Ends',
    cell: ({ row: { original } }) => <End suppression={original} />,
  }),
  column.accessor('kind', { header: 'Kind', cell: ({ getValue }) => kindName(getValue()) }),
  column.accessor('owner', {
    header: 'Owner',
    cell: ({ getValue }) => <Plain>{getValue() ?? '–'}</Plain>,
  }),
  column.accessor('reason', {
    header: 'Reason',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { wide: true },
  }),
  column.display({
    id: 'actions',
    header: 'Actions',
    cell: ({ row: { original } }) => <Actions suppression={original} />,
  }),
]);

/** What is suppressed, what of it ends soon, and the rules. */
export function Suppressions() {
  const [adding, setAdding] = useState(false);
  const query = useQuery(suppressionsQuery);
  const now = useNow();
  return (
    <Section
      title="Suppressions"
      actions={
        <Button disabledReason={useDisabledReason('suppress')} onClick={() => setAdding(true)}>
          Add a rule…
        </Button>
      }
    >
      <QueryView query={query}>
        {({ suppressions }) => (
          <>
            <p className="muted" role="status">
              {endingSentence(suppressions.filter((one) => noticeDue(one, new Date(now))).length)}
            </p>
            <DataTable
              caption="Suppressions, those that end first first"
              columns={columns}
              rows={suppressions}
              rowId={({ id }) => String(id)}
              empty={
                <Empty title="Nothing is suppressed">
                  <p>
                    Events can be suppressed on their page, and by rules here: by check, account, resource and
                    tag.
                  </p>
                </Empty>
              }
            />
          </>
        )}
      </QueryView>
      {adding && <AddRuleDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}

function endingSentence(count: number): string {
  if (count === 0) return 'None ends soon.';
  return `${plural(count, 'suppression')} ${count === 1 ? 'ends' : 'end'} soon: what ${count === 1 ? 'it holds' : 'they hold'} back is active again then.`;
}

function End({ suppression }: { suppression: Listed }) {
  const now = useNow();
  if (suppression.expiresAt === null) return <span className="muted">never</span>;
  return (
    <>
      <Time at={suppression.expiresAt} />
      {noticeDue(suppression, new Date(now)) && <strong> soon</strong>}
    </>
  );
}

function Actions({ suppression: { id, events } }: { suppression: Listed }) {
  const [asked, setAsked] = useState(false);
  const notAllowed = useDisabledReason('suppress');
  const extend = useChange({
    send: () =>
      request<Listed>(`/suppressions/${id}`, {
        method: 'PATCH',
        body: { expiresAt: inDays(DEFAULT_SUPPRESSION_DAYS) },
      }),
    refreshes: REFRESHES,
    onDone: () => toast(`Suppression ${id} ends in ${DEFAULT_SUPPRESSION_DAYS} days.`),
  });
  const end = useChange({
    send: () => request<unknown>(`/suppressions/${id}`, { method: 'DELETE' }),
    refreshes: REFRESHES,
    onDone: () => {
      setAsked(false);
      toast(`Suppression ${id} is over.`);
    },
  });
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Extend suppression ${id} by ${DEFAULT_SUPPRESSION_DAYS} days from now`}
        disabledReason={notAllowed}
        pending={extend.isPending}
        onClick={() => extend.mutate()}
      >
        Extend
      </Button>
      <Button
        look="quiet"
        aria-label={`End suppression ${id}…`}
        disabledReason={notAllowed}
        onClick={() => setAsked(true)}
      >
        End…
      </Button>
      {asked && (
        <ConfirmDialog
          title="End the suppression?"
          action={end.isPending ? 'Ending…' : 'End it'}
          pending={end.isPending}
          error={end.error}
          onConfirm={() => end.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>{plural(events, 'event')}: active again, and told of like what is new.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
