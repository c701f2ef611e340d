import { useState } from 'react';
import type { FormEvent } from 'react';
import type { SuppressionRuleRequest, SuppressResult } from '../../../../../src/api/schemas/events.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { SuppressionFields, useSuppressionDraft, whyOf } from '../../../components/suppression-fields.tsx';
import { plural } from '../../../lib/format.ts';

/** What a rule is made of, in the order in which one thinks of it. */
const PARTS = [
  { name: 'checkId', label: 'Check', hint: 'Its id, e.g. s3-bucket-no-logging.', most: 255 },
  { name: 'accountId', label: 'Account', hint: 'Twelve digits.', most: 64 },
  { name: 'resource', label: 'Resource', hint: 'Its id or name; * stands for anything.', most: 1024 },
  {
    name: 'tag',
    label: 'Tag',
    hint: 'key=value of the resource, e.g. env=dev*; a key alone: whatever its value.',
    most: 512,
  },
] as const;

const NO_RULE = { checkId: '', accountId: '', resource: '', tag: '' };

export function AddRuleDialog({ onClose }: { onClose: () => void }) {
  const [rule, setRule] = useState(NO_RULE);
  const [draft, setDraft] = useSuppressionDraft();
  const add = useChange({
    send: (body: SuppressionRuleRequest) =>
      request<SuppressResult>('/suppressions', { method: 'POST', body }),
    refreshes: ['events', 'summary', 'accounts', 'suppressions'],
    onDone: ({ events }) => {
      toast(`The rule suppresses ${plural(events, 'event')} now, and what comes.`);
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate({
      rule: {
        checkId: rule.checkId.trim() || null,
        accountId: rule.accountId.trim() || null,
        resource: rule.resource.trim() || null,
        tag: rule.tag.trim() || null,
      },
      ...whyOf(draft),
    });
  };
  return (
    <Dialog title="Add a suppression rule" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <p>
            Active events that meet all that is said are suppressed, now and after each scan, until the rule
            ends.
          </p>
          {PARTS.map(({ name, label, hint, most }) => (
            <Field key={name} label={label} hint={hint}>
              {(control) => (
                <input
                  {...control}
                  maxLength={most}
                  value={rule[name]}
                  onChange={({ target }) => setRule({ ...rule, [name]: target.value })}
                />
              )}
            </Field>
          ))}
          <SuppressionFields draft={draft} onChange={setDraft} />
          {add.error !== null && <ProblemNote error={add.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button type="submit" look="primary" pending={add.isPending}>
            {add.isPending ? 'Adding…' : 'Add rule'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
