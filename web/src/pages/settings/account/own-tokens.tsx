import { SCOPES } from '../../../../../src/model/access.ts';
import { scopeOf } from '../../../../../src/model/permissions.ts';
import type { Role } from '../../../../../src/model/permissions.ts';
import { TokenList } from '../shared/token-list.tsx';

/** The person's own tokens of the organisation they are in; none holds more than their role. */
export function OwnTokens({ role }: { role: Role }) {
  const scopes = SCOPES.slice(0, SCOPES.indexOf(scopeOf(role)) + 1);
  return (
    <TokenList
      title="Your tokens"
      path="/me/tokens"
      scopes={scopes}
      purpose="A token of yours lets a script use the API as you: with no more than your role allows, for as long as you belong to the organisation."
    />
  );
}
