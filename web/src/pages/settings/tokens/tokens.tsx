import { SCOPES } from '../../../../../src/model/access.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { NoPermission } from '../../../components/problem.tsx';
import { TokenList } from '../shared/token-list.tsx';

/** The organisation's tokens, those of its people included. */
export function Tokens() {
  const notAllowed = useDisabledReason('manage-access');
  if (notAllowed !== null) return <NoPermission>{notAllowed}</NoPermission>;
  return (
    <TokenList
      title="Tokens"
      path="/tokens"
      scopes={SCOPES}
      purpose="A token lets a script use the API, or somebody else sign in to this dashboard."
    />
  );
}
