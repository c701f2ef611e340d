import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '../../../src/api/schemas/accounts.ts';
import { printable } from '../../../src/text/printable.ts';
import { accountsQuery } from '../api/queries.ts';
import { Dialog } from '../components/dialog.tsx';
import { SearchList } from '../components/search-list.tsx';
import type { Choice } from '../components/search-list.tsx';
import { Id, Plain } from '../components/text.tsx';
import { plural } from '../lib/format.ts';
import { isInScope, scopeText } from '../lib/scope.ts';
import { useScope } from './scope.ts';

/** Which accounts every page is about, and the way to choose others. */
export function ScopeChoice() {
  const [open, setOpen] = useState(false);
  const scope = useScope();
  const { data } = useQuery(accountsQuery);
  const text = printable(scopeText(scope, data?.accounts ?? []));
  return (
    <>
      <button
        type="button"
        className="scope-button"
        title={text}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <span className="muted">Scope:</span> <bdi className="scope-text">{text}</bdi>
        <span aria-hidden="true">▾</span>
      </button>
      {open && <ScopeDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function ScopeDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const { data, isPending } = useQuery(accountsQuery);
  const choose = (scope: string[] | undefined): void => {
    onClose();
    // Another scope begins on its own first page, with nothing open that it may not have.
    void navigate({
      to: '.',
      search: (search) => ({ ...search, scope, cursor: undefined, event: undefined, page: undefined }),
    });
  };
  return (
    <Dialog title="Scope" onClose={onClose}>
      <SearchList
        label="Accounts"
        placeholder="Name or number; a pattern such as acme-*"
        text={text}
        onText={setText}
        choices={choicesFor(text.trim(), data?.accounts ?? [], choose)}
        empty={isPending ? 'Looking up the accounts…' : 'No account has this name or number.'}
      />
    </Dialog>
  );
}

function choicesFor(
  text: string,
  accounts: readonly Account[],
  choose: (scope: string[] | undefined) => void,
): Choice[] {
  const pattern = text.includes('*') ? text : `*${text}*`;
  const known = accounts.filter(({ accountId }) => accountId !== null);
  const found = known.filter(
    (account) => isInScope(account, [pattern]) || (account.accountId?.includes(text) ?? false),
  );
  const named = found.filter((account) => isInScope(account, [pattern]));
  const all = { id: 'all', label: 'All accounts', kind: plural(known.length, 'account') };
  const group = { id: 'group', label: <Plain>{pattern}</Plain>, kind: plural(named.length, 'account') };
  return [
    ...(text === '' ? [{ ...all, onChoose: () => choose(undefined) }] : []),
    ...(text !== '' && named.length > 1 ? [{ ...group, onChoose: () => choose([pattern]) }] : []),
    ...found.flatMap(({ profile, accountId }) =>
      accountId === null
        ? []
        : [
            {
              id: `${profile} ${accountId}`,
              label: <Plain>{profile ?? accountId}</Plain>,
              kind: <Id>{accountId}</Id>,
              onChoose: () => choose([accountId]),
            },
          ],
    ),
  ];
}
