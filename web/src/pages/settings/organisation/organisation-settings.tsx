import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { OrganizationSettings } from '../../../../../src/api/schemas/organizations.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { QueryView } from '../../../components/states.tsx';
import { titleCase } from '../../../lib/format.ts';
import { organisationSettingsQuery } from './queries.ts';

export function OrganisationSettings() {
  const query = useQuery(organisationSettingsQuery);
  return (
    <Section title="What holds for it">
      <p className="muted">What is left empty is as the installation has it.</p>
      <QueryView query={query}>{({ settings }) => <Form settings={settings} />}</QueryView>
    </Section>
  );
}

function Form({ settings }: OrganizationSettings) {
  const stored = Object.fromEntries(settings.map(({ name, value }) => [name, value ?? '']));
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const values = Object.fromEntries(
    Object.entries(changed)
      .filter(([name, value]) => value !== stored[name])
      .map(([name, value]) => [name, value.trim() === '' ? null : value]),
  );
  const save = useChange({
    send: () =>
      request<OrganizationSettings>('/organization/settings', { method: 'PATCH', body: { values } }),
    refreshes: ['organisation', 'events', 'summary'],
    onDone: () => {
      setChanged({});
      toast('Settings saved.');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit} className="form-fields">
      {settings.map(({ name, description }) => (
        <Field key={name} label={titleCase(name.replaceAll('-', ' '))} hint={description.replaceAll('`', '')}>
          {(control) => (
            <input
              {...control}
              maxLength={4000}
              value={changed[name] ?? stored[name] ?? ''}
              onChange={({ target }) => setChanged({ ...changed, [name]: target.value })}
            />
          )}
        </Field>
      ))}
      {save.error !== null && <ProblemNote error={save.error} />}
      <Button
        type="submit"
        look="primary"
        pending={save.isPending}
        disabledReason={Object.keys(values).length === 0 ? 'Nothing is changed.' : null}
      >
        {save.isPending ? 'Saving…' : 'Save'}
      </Button>
    </form>
  );
}
