import type { Session } from '../../../../../src/api/schemas/access.ts';
import type { Role } from '../../../../../src/model/permissions.ts';
import { useSession } from '../../../app/session.ts';
import { Section } from '../../../components/page.tsx';
import { Empty } from '../../../components/states.tsx';
import { Plain } from '../../../components/text.tsx';
import { UnconfirmedAddress } from './address.tsx';
import { Browsers } from './browsers.tsx';
import { ChangePassword } from './change-password.tsx';
import { LinkedAccounts } from './linked-accounts.tsx';
import { Organisations } from './organisations.tsx';
import { OwnTokens } from './own-tokens.tsx';
import { Passkeys } from './passkeys.tsx';
import { SecondFactor } from './second-factor.tsx';

/** What people do about themselves; a link or a token belongs to nobody. */
export function OwnAccount() {
  const session = useSession();
  const { person } = session;
  // A token shows that nobody is there: what it has opened changes nobody's account.
  if (person === null || session.method === null || session.method === 'token') {
    return (
      <Section title="Your account">
        <Empty title="You are signed in as nobody in particular">
          <p>
            By a one-time link or a token. Who signs in by address and password finds their password, browsers
            and organisations here.
          </p>
        </Empty>
      </Section>
    );
  }
  return <Own person={person} organizationId={session.organizationId} role={session.role ?? 'VIEWER'} />;
}

interface OwnProps {
  person: NonNullable<Session['person']>;
  organizationId: string;
  role: Role;
}

function Own({ person, organizationId, role }: OwnProps) {
  const { email, name, emailVerified, organizations } = person;
  return (
    <>
      <Section title="Your account">
        <p>
          <Plain>{name}</Plain>
          {name !== email && (
            <>
              {' '}
              <span className="muted">
                <Plain>{email}</Plain>
              </span>
            </>
          )}
        </p>
        {!emailVerified && <UnconfirmedAddress />}
      </Section>
      <Organisations organizations={organizations} current={organizationId} />
      <ChangePassword email={email} />
      <SecondFactor />
      <Passkeys />
      <LinkedAccounts />
      <Browsers />
      <OwnTokens role={role} />
    </>
  );
}
