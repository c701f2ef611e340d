import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { CreatedToken, Token, TokenList as Tokens } from '../../../../../src/api/schemas/access.ts';
import type { Scope } from '../../../../../src/model/access.ts';
import { request } from '../../../api/client.ts';
import { read } from '../../../api/read.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { CreateTokenDialog } from './create-token-dialog.tsx';
import './token-list.css';

/** Where tokens are: the organisation's, or one's own. */
type TokenPath = '/tokens' | '/me/tokens';

const column = columnsOf<Token>();
const columnsAt = (path: TokenPath) =>
  column.columns([
    column.accessor('name', {
      header: 'Name',
      cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
      meta: { names: true, wide: true },
    }),
    column.accessor('scope', { header: 'Scope' }),
    column.accessor('revokedAt', {
      header: 'Status',
      cell: ({ row: { original } }) => <StatusBadge status={statusOf(original)} />,
    }),
    column.accessor('expiresAt', { header: 'Expires', cell: ({ getValue }) => <Time at={getValue()} /> }),
    column.accessor('lastUsedAt', { header: 'Last used', cell: ({ getValue }) => <Time at={getValue()} /> }),
    column.accessor('createdBy', {
      header: 'Made by',
      cell: ({ row: { original } }) => (
        <>
          <Plain>{original.createdBy}</Plain> <Time at={original.createdAt} />
        </>
      ),
    }),
    column.display({
      id: 'revoke',
      header: 'Action',
      cell: ({ row: { original } }) => <Revoke token={original} path={path} />,
    }),
  ]);

function statusOf({ revokedAt, expiresAt }: Token): 'revoked' | 'expired' | 'valid' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) < Date.now() ? 'expired' : 'valid';
}

interface Props {
  title: string;
  path: TokenPath;
  /** What a new one may be allowed. */
  scopes: readonly Scope[];
  /** What they are for, where there are none. */
  purpose: string;
}

/** Tokens, with what makes and ends them. */
export function TokenList({ title, path, scopes, purpose }: Props) {
  const query = useQuery(read<Tokens>('tokens', path));
  const columns = useMemo(() => columnsAt(path), [path]);
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<CreatedToken | null>(null);
  return (
    <Section title={title} actions={<Button onClick={() => setCreating(true)}>New token…</Button>}>
      {created !== null && <Secret token={created} onClose={() => setCreated(null)} />}
      <QueryView query={query}>
        {({ tokens }) => (
          <DataTable
            caption={title}
            columns={columns}
            rows={tokens}
            rowId={({ id }) => String(id)}
            empty={
              <Empty title="No tokens yet">
                <p>{purpose}</p>
              </Empty>
            }
          />
        )}
      </QueryView>
      {creating && (
        <CreateTokenDialog
          path={path}
          scopes={scopes}
          onCreated={(token) => {
            setCreated(token);
            setCreating(false);
          }}
          onClose={() => setCreating(false)}
        />
      )}
    </Section>
  );
}

/** The one time that the secret can be read. */
function Secret({ token, onClose }: { token: CreatedToken; onClose: () => void }) {
  return (
    <div className="note secret" role="status" data-tone="good">
      <p>
        <strong>
          <Plain>{token.name}</Plain>
        </strong>
        : copy the secret now, it is not shown again.
      </p>
      <p className="secret-line">
        <code className="id">{token.secret}</code>
        <CopyButton text={token.secret} what="Secret" />
        <Button look="quiet" onClick={onClose}>
          Done
        </Button>
      </p>
      <p className="secret-line">
        <code className="id">{tryIt(token.secret)}</code>
        <CopyButton text={tryIt(token.secret)} what="Command" />
      </p>
    </div>
  );
}

/** A first request with the token. */
function tryIt(secret: string): string {
  return `curl -H 'Authorization: Bearer ${secret}' '${globalThis.location.origin}/api/v1/events?status=active&limit=5'`;
}

function Revoke({ token, path }: { token: Token; path: TokenPath }) {
  const [asked, setAsked] = useState(false);
  const revoke = useChange({
    send: () => request<void>(`${path}/${token.id}`, { method: 'DELETE' }),
    refreshes: ['tokens'],
    onDone: () => {
      setAsked(false);
      toast(`Token ${token.name} revoked.`);
    },
  });
  const over = token.revokedAt === null ? null : 'It is revoked already.';
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Revoke ${token.name}…`}
        disabledReason={over}
        onClick={() => setAsked(true)}
      >
        Revoke…
      </Button>
      {asked && (
        <ConfirmDialog
          title="Revoke the token?"
          action={revoke.isPending ? 'Revoking…' : 'Revoke'}
          pending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>
            Whoever uses <Plain>{token.name}</Plain> is refused from now on. This cannot be taken back.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
