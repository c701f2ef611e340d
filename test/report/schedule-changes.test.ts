import { expect, test } from '@jest/globals';
import { compareSchedules } from '../../src/model/schedule.ts';
import type { ScheduleDefinition } from '../../src/model/schedule.ts';
import { scheduleChangesText } from '../../src/report/schedule-changes.ts';
import { scanRunInput } from '../support/run-input.ts';

function definition(name: string, change: Partial<ScheduleDefinition> = {}): ScheduleDefinition {
  return {
    name,
    timing: { cron: '0 3 * * *', timeZone: 'Europe/Paris' },
    jitterMs: 0,
    overlap: 'skip',
    catchUpMs: 86_400_000,
    work: {
      kind: 'scan',
      ...scanRunInput([], { selection: { all: true }, concurrency: 4 }),
    },
    ...change,
  };
}

const changes = compareSchedules(
  [
    definition('weekly', {
      timing: { everyMs: 604_800_000 },
      work: {
        kind: 'scan',
        ...scanRunInput(['production'], { concurrency: 4 }),
        options: { services: ['iam', 's3'], regions: [], initial: false },
      },
    }),
    definition('housekeeping', {
      work: { kind: 'purge', organizationId: 'default', olderThanMs: 15_552_000_000 },
    }),
    definition('nightly'),
  ],
  [definition('weekly'), definition('nightly'), definition('old')],
);

const BEFORE_EXTRA = `\
+ housekeeping
    + kind: purge
    + cron: 0 3 * * *
    + timeZone: Europe/Paris
    + jitter: 0s
    + overlap: skip
    + catchUp: 1d
    + olderThan: 180d
= nightly
`;
const AFTER_EXTRA = `
~ weekly
    - cron: 0 3 * * *
    - timeZone: Europe/Paris
    - all: true
    + every: 7d
    + accounts: production
    + services: iam, s3
`;

test('the difference, without deleting anything', () => {
  expect(scheduleChangesText(changes, false)).toBe(
    `${BEFORE_EXTRA}? old (not in the file; it stays, --prune deletes it)${AFTER_EXTRA}` +
      '1 to create, 1 to update, 0 to delete, 2 to leave as they are',
  );
});

test('the difference, with what is not in the file deleted', () => {
  expect(scheduleChangesText(changes, true)).toBe(
    `${BEFORE_EXTRA}- old${AFTER_EXTRA}1 to create, 1 to update, 1 to delete, 1 to leave as they are`,
  );
});

test('no difference', () => {
  const same = compareSchedules([definition('nightly')], [definition('nightly')]);
  expect(scheduleChangesText(same, true)).toBe(
    '= nightly\n0 to create, 0 to update, 0 to delete, 1 to leave as they are',
  );
});
