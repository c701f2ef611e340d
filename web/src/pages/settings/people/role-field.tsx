import { ROLES } from '../../../../../src/model/permissions.ts';
import type { Role } from '../../../../../src/model/permissions.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { Field } from '../../../components/field.tsx';

const MEANINGS: Readonly<Record<Role, string>> = {
  OWNER: 'OWNER: everything, also owners and billing',
  ADMIN: 'ADMIN: also people, tokens, schedules and accounts',
  MEMBER: 'MEMBER: also start scans and accept findings',
  VIEWER: 'VIEWER: look at everything but tokens and the audit log',
};

/** The choice of a role; owners are made by owners only. */
export function RoleField({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const govern = useDisabledReason('govern');
  return (
    <Field label="Role">
      {(control) => (
        <select
          {...control}
          value={role}
          onChange={({ target }) => onChange(ROLES.find((known) => known === target.value) ?? role)}
        >
          {ROLES.filter((known) => known !== 'OWNER' || govern === null).map((known) => (
            <option key={known} value={known}>
              {MEANINGS[known]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
