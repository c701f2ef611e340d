import { expect, test } from '@jest/globals';
import { scheduleEntry } from '../../../../../src/api/schemas/schedules.ts';
import {
  entryOfForm,
  formOf,
  problemsOf,
  timingText,
} from '../../../../../web/src/pages/activity/shared/schedule-form.ts';

const nightly = {
  kind: 'scan',
  cron: '0 3 * * *',
  timeZone: 'Europe/Paris',
  jitter: '5m',
  overlap: 'skip',
  catchUp: '1d',
  accounts: ['acme', 'globex'],
  source: 'scoutsuite',
  concurrency: 4,
  services: ['s3', 'iam'],
  regions: ['eu-west-1'],
  depth: 'deep',
  framework: ['cis-5.0'],
  check: ['s3-bucket-public'],
  initial: true,
} as const;

test('a schedule that is opened and saved unchanged stays what it was', () => {
  const entry = scheduleEntry.parse({
    ...nightly,
    accounts: [...nightly.accounts],
    services: [...nightly.services],
    regions: [...nightly.regions],
    framework: [...nightly.framework],
    check: [...nightly.check],
  });
  expect(entryOfForm(formOf('nightly', entry), entry)).toEqual(entry);
});

test('the source is the one that was chosen; none is named where there was no choice', () => {
  const form = formOf('nightly', scheduleEntry.parse({ cron: '0 3 * * *', all: true }));
  expect(entryOfForm(form, {})).not.toHaveProperty('source');
  expect(entryOfForm({ ...form, source: 'checks' }, {})).toMatchObject({ source: 'checks' });
});

test('depth and frameworks are those that were chosen, or left out', () => {
  const entry = scheduleEntry.parse({ cron: '0 3 * * *', all: true, depth: 'quick', framework: ['lgpd'] });
  const form = formOf('nightly', entry);
  expect(entryOfForm({ ...form, depth: 'deep', frameworks: ['lgpd', 'soc2'] }, entry)).toMatchObject({
    depth: 'deep',
    framework: ['lgpd', 'soc2'],
  });
  const cleared = entryOfForm({ ...form, depth: null, frameworks: [] }, entry);
  expect(cleared).not.toHaveProperty('depth');
  expect(cleared).not.toHaveProperty('framework');
});

test('the entry has what belongs to its kind and timing only', () => {
  const form = { ...formOf('tidy', {}), kind: 'purge' as const, timing: 'every' as const, every: '1d' };
  expect(entryOfForm(form, {})).toEqual({
    kind: 'purge',
    every: '1d',
    jitter: '0s',
    overlap: 'skip',
    olderThan: '90d',
  });
});

test('a bucket is read as one account', () => {
  const entry = scheduleEntry.parse({
    kind: 'scan',
    cron: '0 3 * * *',
    timeZone: 'UTC',
    jitter: '0s',
    overlap: 'skip',
    accounts: ['acme'],
    bucket: 'uploads/new/',
    detectors: ['ssn'],
  });
  const form = formOf('uploads', entry);
  expect(form.kind).toBe('bucket');
  expect(entryOfForm(form, entry)).toEqual(entry);
  expect(entryOfForm({ ...form, bucket: ' other ', detectors: '' }, entry)).toMatchObject({
    kind: 'scan',
    bucket: 'other',
    accounts: ['acme'],
  });
  expect(problemsOf({ ...form, bucket: ' ', accounts: 'all' })).toEqual({
    bucket: 'Name a bucket.',
    accounts: 'Choose the account whose credentials read the bucket.',
  });
});

test('says what is wrong before the server is asked', () => {
  expect(problemsOf(formOf('nightly', {}))).toEqual({});
  const form = { ...formOf('nightly', {}), cron: '0 25 * * *', jitter: 'soon', accounts: [] };
  expect(problemsOf(form)).toEqual({
    cron: 'The hour "25" is not within 0 to 23.',
    jitter: 'This is not a duration such as 90s, 15m, 6h or 2d, at most 36500d.',
    accounts: 'Choose at least one account.',
  });
  expect(problemsOf({ ...form, timing: 'every', kind: 'purge', every: '', jitter: '0s' })).toEqual({
    every: expect.any(String),
  });
});

test('tells the time of each kind', () => {
  expect(timingText({ cron: '@daily' })).toBe('@daily (UTC)');
  expect(timingText({ cron: '0 3 * * 1', timeZone: 'Europe/Paris' })).toBe('Monday at 03:00 (Europe/Paris)');
  expect(timingText({ every: '6h' })).toBe('every 6h');
});
