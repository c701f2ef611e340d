import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { printable } from '../../../src/text/printable.ts';
import { accountsQuery } from '../api/queries.ts';
import { Id } from './text.tsx';

/** The name of an account; null where none is known. */
export function useAccountName(): (accountId: string) => string | null {
  const { data } = useQuery(accountsQuery);
  return (accountId) => data?.accounts.find((account) => account.accountId === accountId)?.profile ?? null;
}

interface Props {
  accountId: string;
  /** Its name, where the caller knows it better. */
  name?: string | null | undefined;
  /** In one line: the number only where there is no name. */
  short?: boolean;
}

/** An account by its name and number, leading to its page. */
export function AccountName({ accountId, name, short = false }: Props) {
  const nameOf = useAccountName();
  const shown = name ?? nameOf(accountId);
  return (
    <span className="event-name">
      <Link to="/accounts/$accountId" params={{ accountId }} className="account-link">
        {shown === null ? <Id>{accountId}</Id> : <ShortName>{shown}</ShortName>}
      </Link>
      {shown !== null && !short && (
        <span className="resource muted">
          <Id>{accountId}</Id>
        </span>
      )}
    </span>
  );
}

/** A name that may be long: cut, with the whole of it as title. */
export function ShortName({ children }: { children: string }) {
  const name = printable(children);
  return (
    <bdi className="short-name" title={name}>
      {name}
    </bdi>
  );
}
