import { useQuery } from '@tanstack/react-query';
import { useDisabledReason } from '../../../app/session.ts';
import { Section } from '../../../components/page.tsx';
import { NoPermission } from '../../../components/problem.tsx';
import { QueryView } from '../../../components/states.tsx';
import { Id, Plain } from '../../../components/text.tsx';
import { DeleteOrganisation } from './delete-organisation.tsx';
import { OrganisationSettings } from './organisation-settings.tsx';
import { organisationQuery } from './queries.ts';
import { RoleAccounts } from './role-accounts.tsx';

export function OrganisationSettingsPage() {
  const notAllowed = useDisabledReason('configure');
  const query = useQuery(organisationQuery);
  return (
    <>
      <Section title="Organisation">
        <QueryView query={query}>
          {({ name, organizationId }) => (
            <p>
              <Plain>{name}</Plain> (<Id>{organizationId}</Id>)
            </p>
          )}
        </QueryView>
      </Section>
      {notAllowed === null ? (
        <>
          <RoleAccounts />
          <OrganisationSettings />
        </>
      ) : (
        <NoPermission>{notAllowed}</NoPermission>
      )}
      {query.data !== undefined && <DeleteOrganisation organisation={query.data} />}
    </>
  );
}
