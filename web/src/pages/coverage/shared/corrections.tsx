import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CorrectionList } from '../../../../../src/api/schemas/coverage.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { correctionsQuery } from './queries.ts';

type Said = CorrectionList['corrections'][number];
const column = columnsOf<Said>();
const columns = column.columns([
  column.accessor('detectionId', {
    header: 'Detection',
    cell: ({ getValue }) => <Id>{getValue()}</Id>,
    meta: { names: true, wide: true },
  }),
  column.accessor('techniqueId', {
    header: 'Technique',
    cell: ({ getValue }) => (
      <Link to="/coverage/$technique" params={{ technique: getValue() }}>
        {getValue()}
      </Link>
    ),
  }),
  column.accessor('covers', {
    header: 'What it does',
    cell: ({ getValue }) => (getValue() ? 'Sees it' : 'Does not see it'),
  }),
  column.accessor('reason', {
    header: 'Reason',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { wide: true },
  }),
  column.accessor('by', {
    header: 'By',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { detail: true },
  }),
  column.accessor('at', {
    header: 'Since',
    cell: ({ getValue }) => <Time at={getValue()} />,
    meta: { detail: true },
  }),
  column.display({
    id: 'take-back',
    header: 'Change',
    cell: ({ row: { original } }) => <TakeBack said={original} />,
  }),
]);

/** What people have said of mappings, and how to take it back; nothing where nobody has. */
export function Corrections({ technique }: { technique?: string }) {
  const { data } = useQuery(correctionsQuery);
  const shown = (data?.corrections ?? []).filter(
    ({ techniqueId }) =>
      technique === undefined || techniqueId === technique || techniqueId.startsWith(`${technique}.`),
  );
  if (shown.length === 0) return null;
  return (
    <Section title="Corrections">
      <DataTable
        caption="Corrections"
        columns={columns}
        rows={shown}
        rowId={({ detectionId, techniqueId }) => `${techniqueId} ${detectionId}`}
        empty={null}
      />
    </Section>
  );
}

function TakeBack({ said: { detectionId, techniqueId } }: { said: Said }) {
  const notAllowed = useDisabledReason('correct');
  const undo = useChange({
    send: () =>
      request<undefined>('/coverage/corrections/undo', {
        method: 'POST',
        body: { detectionId, techniqueId },
      }),
    refreshes: ['coverage'],
    onDone: () => toast('Taken back; the mapping holds again.'),
  });
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Take back ${techniqueId} of ${detectionId}`}
        disabledReason={notAllowed}
        pending={undo.isPending}
        onClick={() => undo.mutate()}
      >
        Take back
      </Button>
      {undo.error !== null && <ProblemNote error={undo.error} />}
    </>
  );
}
