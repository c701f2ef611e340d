import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { NewRoleAccount, RoleAccount } from '../../../../../src/api/schemas/accounts.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { QueryView } from '../../../components/states.tsx';
import { Id } from '../../../components/text.tsx';
import { roleOfferQuery } from './queries.ts';

/** Offers the role, then asks for its ARN. */
export function AddAccountDialog({ onClose }: { onClose: () => void }) {
  const offer = useQuery(roleOfferQuery);
  const [name, setName] = useState('');
  const [roleArn, setRoleArn] = useState('');
  const add = useChange({
    send: (body: NewRoleAccount) => request<RoleAccount>('/accounts/roles', { method: 'POST', body }),
    refreshes: ['accounts'],
    onDone: ({ name: added }) => {
      toast(`${added} is added: check it now.`);
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate({ name, roleArn });
  };
  return (
    <Dialog title="Add an account" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <QueryView query={offer}>
            {({ externalId, template, link }) => (
              <>
                <p>
                  Make a role in the account that asks for the external id <Id>{externalId}</Id>
                  <CopyButton text={externalId} what="External id" />
                </p>
                <p>
                  {link !== null && (
                    <>
                      <a href={link} target="_blank" rel="noreferrer">
                        Make it in CloudFormation
                      </a>
                      , or copy the template:{' '}
                    </>
                  )}
                  <CopyButton text={JSON.stringify(template, null, 2)} what="Template of CloudFormation" />
                </p>
              </>
            )}
          </QueryView>
          <Field label="Name" hint="What to call it here.">
            {(control) => (
              <input
                {...control}
                required
                maxLength={63}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
          <Field label="ARN of the role" hint="Such as arn:aws:iam::123456789012:role/vedette">
            {(control) => (
              <input
                {...control}
                required
                maxLength={1024}
                value={roleArn}
                onChange={({ target }) => setRoleArn(target.value)}
              />
            )}
          </Field>
          {add.error !== null && <ProblemNote error={add.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button type="submit" look="primary" pending={add.isPending}>
            {add.isPending ? 'Adding…' : 'Add'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
