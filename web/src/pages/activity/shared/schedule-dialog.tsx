import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { Schedule, ScheduleEntry } from '../../../../../src/api/schemas/schedules.ts';
import { OVERLAP_POLICIES } from '../../../../../src/model/schedule.ts';
import type { OverlapPolicy } from '../../../../../src/model/schedule.ts';
import { request } from '../../../api/client.ts';
import { accountsQuery } from '../../../api/queries.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { AccountChoice } from '../../../components/account-choice.tsx';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { SourcesChoice } from '../../../components/sources.tsx';
import { useNow } from '../../../lib/clock.ts';
import { exactTime } from '../../../lib/format.ts';
import {
  cronOf,
  DAYS,
  daysText,
  dayTimeOf,
  dayTimeText,
  isTimeZone,
  nextTimes,
} from '../../../lib/schedule-times.ts';
import type { DayTime } from '../../../lib/schedule-times.ts';
import { candidatesOf } from './candidates.ts';
import { entryOfForm, formOf, problemsOf } from './schedule-form.ts';
import type { ScheduleForm } from './schedule-form.ts';
import { schedulePath } from './schedule-path.ts';
import { SourceChoices } from './source-choices.tsx';

interface Props {
  /** The schedule to change; a new one when left out. */
  schedule?: Schedule;
  notAllowed: string | null;
  onClose: () => void;
}

/** The browser's. */
function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

type Change = (part: Partial<ScheduleForm>) => void;
interface PartProps {
  form: ScheduleForm;
  problems: ReturnType<typeof problemsOf>;
  change: Change;
}

export function ScheduleDialog({ schedule, notAllowed, onClose }: Props) {
  const [form, setForm] = useState(
    formOf(schedule?.name ?? '', schedule?.entry ?? { timeZone: ownTimeZone() }),
  );
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
          {form.kind === 'scan' && <ScanWork {...parts} />}
          {form.kind === 'bucket' && <BucketWork {...parts} />}
          {form.kind === 'purge' && <PurgeWork {...parts} />}
          <Advanced {...parts} />
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

const KINDS: Readonly<Record<ScheduleForm['kind'], string>> = {
  scan: 'Scan accounts',
  bucket: 'Look for sensitive data in a bucket',
  purge: 'Remove what was resolved long ago',
};

/** A bucket is read as one account; accounts are scanned all of them, until somebody chooses. */
function withKind({ accounts }: ScheduleForm, value: string): Partial<ScheduleForm> {
  const kind = (['scan', 'bucket', 'purge'] as const).find((known) => known === value) ?? 'scan';
  if (kind === 'bucket') return { kind, accounts: accounts === 'all' ? [] : accounts.slice(0, 1) };
  return { kind, accounts: accounts.length === 0 ? 'all' : accounts };
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
            onChange={({ target }) => change(withKind(form, target.value))}
          >
            {Object.entries(KINDS).map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

/** When it runs: a day and a time, unless another way is chosen below. */
function Timing({ form, problems, change }: PartProps) {
  const dayTime = form.timing === 'day-time' ? dayTimeOf(form.cron) : null;
  if (dayTime === null) {
    return form.timing === 'every' ? (
      <Field label="Every" hint="Such as 90m, 6h or 1d, counted in UTC." error={problems.every}>
        {(control) => (
          <input {...control} value={form.every} onChange={({ target }) => change({ every: target.value })} />
        )}
      </Field>
    ) : (
      <div className="field-row">
        <Field
          label="Cron expression"
          hint="Minute, hour, day of the month, month, day of the week."
          error={problems.cron}
        >
          {(control) => (
            <input {...control} value={form.cron} onChange={({ target }) => change({ cron: target.value })} />
          )}
        </Field>
        <TimeZone form={form} change={change} />
      </div>
    );
  }
  return (
    <>
      <div className="field-row">
        <Field label="Day">
          {(control) => (
            <select
              {...control}
              value={dayTime.days}
              onChange={({ target }) =>
                change({
                  cron: cronOf({ ...dayTime, days: DAYS.find((days) => days === target.value) ?? '*' }),
                })
              }
            >
              {DAYS.map((days) => (
                <option key={days} value={days}>
                  {daysText(days)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Time">
          {(control) => (
            <input
              {...control}
              type="time"
              required
              value={dayTime.time}
              onChange={({ target }) => {
                if (target.value !== '') change({ cron: cronOf({ ...dayTime, time: target.value }) });
              }}
            />
          )}
        </Field>
        <TimeZone form={form} change={change} />
      </div>
      <NextTimes dayTime={dayTime} timeZone={form.timeZone} />
    </>
  );
}

function TimeZone({ form, change }: Pick<PartProps, 'form' | 'change'>) {
  const listId = useId();
  return (
    <Field label="Time zone" error={isTimeZone(form.timeZone) ? null : 'There is no such time zone.'}>
      {(control) => (
        <>
          <input
            {...control}
            list={listId}
            value={form.timeZone}
            onChange={({ target }) => change({ timeZone: target.value })}
          />
          <datalist id={listId}>
            {['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

const SHOWN_TIMES = 3;

/** What was chosen in words, and when that is next. */
function NextTimes({ dayTime, timeZone }: { dayTime: DayTime; timeZone: string }) {
  const times = nextTimes(dayTime, timeZone, useNow(), SHOWN_TIMES);
  if (times.length === 0) return null;
  return (
    <p className="muted" role="status">
      {dayTimeText(dayTime)}: next {times.map((time) => exactTime(new Date(time).toISOString())).join('; ')}
    </p>
  );
}

const TIMINGS = {
  'day-time': 'On a day at a time',
  every: 'At an interval',
  cron: 'By a cron expression',
} as const;

const OVERLAPS: Readonly<Record<OverlapPolicy, string>> = {
  skip: 'The new one is left out',
  'buffer-one': 'The new one waits; one at most',
  'buffer-all': 'The new ones wait, all of them',
  'cancel-other': 'The run before is cancelled',
  'allow-all': 'Both run',
};

/** What seldom needs another value than it has. */
function Advanced({ form, problems, change }: PartProps) {
  const wrong = [problems.jitter, problems.concurrency].some((problem) => problem !== undefined);
  return (
    <details open={wrong || undefined}>
      <summary>Advanced</summary>
      <div className="dialog-part">
        <div className="field-row">
          <Field label="When">
            {(control) => (
              <select
                {...control}
                value={form.timing}
                onChange={({ target }) => change(withTiming(form, target.value))}
              >
                {Object.entries(TIMINGS).map(([timing, name]) => (
                  <option key={timing} value={timing}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Jitter" hint="Begins up to so much later." error={problems.jitter}>
            {(control) => (
              <input
                {...control}
                value={form.jitter}
                onChange={({ target }) => change({ jitter: target.value })}
              />
            )}
          </Field>
        </div>
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
                <option key={policy} value={policy}>
                  {OVERLAPS[policy]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {form.kind === 'scan' && <ScanScope form={form} change={change} />}
      </div>
    </details>
  );
}

/** A day and a time can only show what is one: another expression gives way to the usual one. */
function withTiming(form: ScheduleForm, value: string): Partial<ScheduleForm> {
  const timing = (['day-time', 'every', 'cron'] as const).find((known) => known === value) ?? 'day-time';
  return timing === 'day-time' && dayTimeOf(form.cron) === null
    ? { timing, cron: formOf('', {}).cron }
    : { timing };
}

function ScanScope({ form, change }: Pick<PartProps, 'form' | 'change'>) {
  return (
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
  );
}

function ScanWork({ form, problems, change }: PartProps) {
  const { data } = useQuery(accountsQuery);
  const known = candidatesOf(data?.accounts ?? []);
  const sources = form.source === '' ? [] : form.source.split(',');
  const gone = (form.accounts === 'all' ? [] : form.accounts).filter((name) =>
    known.every(({ profile }) => profile !== name),
  );
  return (
    <>
      <AccountChoice
        candidates={[...known, ...gone.map((profile) => ({ profile }))]}
        chosen={form.accounts}
        onChange={(accounts) => change({ accounts })}
      />
      {problems.accounts !== undefined && <p className="field-error">{problems.accounts}</p>}
      <SourcesChoice values={sources} onChange={(ids) => change({ source: ids.join(',') })} />
      <SourceChoices sources={sources} values={form} onChange={change} />
    </>
  );
}

function BucketWork({ form, problems, change }: PartProps) {
  const { data } = useQuery(accountsQuery);
  const [account = ''] = form.accounts === 'all' ? [] : form.accounts;
  const known = candidatesOf(data?.accounts ?? []).map(({ profile }) => profile);
  const offered = account === '' || known.includes(account) ? known : [account, ...known];
  return (
    <>
      <Field
        label="Bucket"
        hint="With a prefix behind a slash, where only those keys are meant."
        error={form.bucket === '' ? null : problems.bucket}
      >
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            spellCheck={false}
            maxLength={1088}
            placeholder="my-bucket/uploads/"
            value={form.bucket}
            onChange={({ target }) => change({ bucket: target.value })}
          />
        )}
      </Field>
      <Field label="Account" hint="Whose credentials read the bucket.">
        {(control) => (
          <select
            {...control}
            value={account}
            onChange={({ target }) => change({ accounts: target.value === '' ? [] : [target.value] })}
          >
            <option value="">Choose one</option>
            {offered.map((profile) => (
              <option key={profile}>{profile}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Detectors" hint="Such as ssn, credit_card. Empty: the configured ones.">
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            spellCheck={false}
            value={form.detectors}
            onChange={({ target }) => change({ detectors: target.value })}
          />
        )}
      </Field>
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
