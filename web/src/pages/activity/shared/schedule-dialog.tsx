import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Schedule, ScheduleEntry } from '../../../../../src/api/schemas/schedules.ts';
import { OVERLAP_POLICIES } from '../../../../../src/model/schedule.ts';
import { request } from '../../../api/client.ts';
import { accountsQuery } from '../../../api/queries.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { ProfileChoice } from '../../../components/profile-choice.tsx';
import { SourceChoice } from '../../../components/sources.tsx';
import { entryOfForm, formOf, problemsOf } from './schedule-form.ts';
import type { ScheduleForm } from './schedule-form.ts';
import { schedulePath } from './schedule-path.ts';

interface Props {
  /** The schedule to change; a new one when left out. */
  schedule?: Schedule;
  notAllowed: string | null;
  onClose: () => void;
}

type Change = (part: Partial<ScheduleForm>) => void;
interface PartProps {
  form: ScheduleForm;
  problems: ReturnType<typeof problemsOf>;
  change: Change;
}

export function ScheduleDialog({ schedule, notAllowed, onClose }: Props) {
  const [form, setForm] = useState(formOf(schedule?.name ?? '', schedule?.entry ?? {}));
  const change: Change = (part) => setForm({ ...form, ...part });
  const save = useChange({
    send: (body: ScheduleEntry) => request<Schedule>(schedulePath(form.name), { method: 'PUT', body }),
    refreshes: ['schedules', 'accounts'],
    onDone: () => {
      toast(`Schedule ${form.name} saved.`);
      onClose();
    },
  });
  const problems = problemsOf(form);
  const [first] = Object.values(problems);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(entryOfForm(form, schedule?.entry ?? {}));
  };
  const parts = { form, problems, change };
  return (
    <Dialog title={schedule === undefined ? 'New schedule' : `Change ${schedule.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          {schedule === undefined && <NameAndKind {...parts} />}
          <Timing {...parts} />
          {form.kind === 'scan' ? <ScanWork {...parts} /> : <PurgeWork {...parts} />}
          {save.error !== null && <ProblemNote error={save.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button type="submit" look="primary" disabledReason={notAllowed ?? first} pending={save.isPending}>
            {save.isPending ? 'Saving…' : 'Save'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function NameAndKind({ form, change }: PartProps) {
  return (
    <>
      <Field label="Name" hint="Lower-case letters, digits and hyphens, such as nightly.">
        {(control) => (
          <input
            {...control}
            required
            maxLength={63}
            pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
            value={form.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </Field>
      <Field label="What it does">
        {(control) => (
          <select
            {...control}
            value={form.kind}
            onChange={({ target }) => change({ kind: target.value === 'purge' ? 'purge' : 'scan' })}
          >
            <option value="scan">Scan accounts</option>
            <option value="purge">Remove what was resolved long ago</option>
          </select>
        )}
      </Field>
    </>
  );
}

function Timing({ form, problems, change }: PartProps) {
  return (
    <>
      <Field label="When">
        {(control) => (
          <select
            {...control}
            value={form.timing}
            onChange={({ target }) => change({ timing: target.value === 'every' ? 'every' : 'cron' })}
          >
            <option value="cron">At set times (cron)</option>
            <option value="every">At an interval</option>
          </select>
        )}
      </Field>
      {form.timing === 'cron' ? (
        <div className="field-row">
          <Field
            label="Cron expression"
            hint="Minute, hour, day of the month, month, day of the week."
            error={problems.cron}
          >
            {(control) => (
              <input
                {...control}
                value={form.cron}
                onChange={({ target }) => change({ cron: target.value })}
              />
            )}
          </Field>
          <Field label="Time zone" hint="IANA name, such as Europe/Paris.">
            {(control) => (
              <input
                {...control}
                value={form.timeZone}
                onChange={({ target }) => change({ timeZone: target.value })}
              />
            )}
          </Field>
        </div>
      ) : (
        <Field label="Every" hint="Such as 90m, 6h or 1d, counted in UTC." error={problems.every}>
          {(control) => (
            <input
              {...control}
              value={form.every}
              onChange={({ target }) => change({ every: target.value })}
            />
          )}
        </Field>
      )}
      <div className="field-row">
        <Field label="Jitter" hint="Begins up to so much later." error={problems.jitter}>
          {(control) => (
            <input
              {...control}
              value={form.jitter}
              onChange={({ target }) => change({ jitter: target.value })}
            />
          )}
        </Field>
        <Field label="When the run before still runs">
          {(control) => (
            <select
              {...control}
              value={form.overlap}
              onChange={({ target }) =>
                change({ overlap: OVERLAP_POLICIES.find((policy) => policy === target.value) ?? 'skip' })
              }
            >
              {OVERLAP_POLICIES.map((policy) => (
                <option key={policy}>{policy}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
    </>
  );
}

function ScanWork({ form, problems, change }: PartProps) {
  const { data } = useQuery(accountsQuery);
  const known = data?.accounts.flatMap(({ profile }) => profile ?? []) ?? [];
  const named = form.accounts === 'all' ? [] : form.accounts;
  return (
    <>
      <ProfileChoice
        profiles={[...new Set([...known, ...named])]}
        chosen={form.accounts}
        onChange={(accounts) => change({ accounts })}
      />
      {problems.accounts !== undefined && <p className="field-error">{problems.accounts}</p>}
      <SourceChoice value={form.source} onChange={(source) => change({ source })} />
      <div className="field-row">
        <Field label="Services" hint="Empty: all.">
          {(control) => (
            <input
              {...control}
              value={form.services}
              onChange={({ target }) => change({ services: target.value })}
            />
          )}
        </Field>
        <Field label="Regions" hint="Empty: all.">
          {(control) => (
            <input
              {...control}
              value={form.regions}
              onChange={({ target }) => change({ regions: target.value })}
            />
          )}
        </Field>
        <Field label="Accounts at a time" hint="Empty: as configured.">
          {(control) => (
            <input
              {...control}
              type="number"
              min={1}
              max={256}
              value={form.concurrency}
              onChange={({ target }) => change({ concurrency: target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

function PurgeWork({ form, problems, change }: PartProps) {
  return (
    <Field label="Resolved before" hint="How long ago, such as 90d." error={problems.olderThan}>
      {(control) => (
        <input
          {...control}
          value={form.olderThan}
          onChange={({ target }) => change({ olderThan: target.value })}
        />
      )}
    </Field>
  );
}
