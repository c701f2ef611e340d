import type { ScheduleChange } from '../model/schedule.ts';
import { printable } from '../text/printable.ts';

/** What reconciling changes, a block for each schedule: `+` new, `~` changed, `-` deleted, `=` as it is, `?` left alone. */
export function scheduleChangesText(changes: readonly ScheduleChange[], prune: boolean): string {
  const blocks = changes.map((change) => changeText(change, prune));
  return [...blocks, summary(changes, prune)].join('\n');
}

/** The lines of one schedule that differ. */
export function scheduleChangeText(change: ScheduleChange): string {
  return changeText(change, true);
}

function changeText({ name, change, fields }: ScheduleChange, prune: boolean): string {
  const shown = printable(name);
  switch (change) {
    case 'create':
      return [`+ ${shown}`, ...fields.map(({ field, after }) => line('+', field, after))].join('\n');
    case 'update':
      return [
        `~ ${shown}`,
        ...fields.flatMap(({ field, before, after }) => [
          ...(before === null ? [] : [line('-', field, before)]),
          ...(after === null ? [] : [line('+', field, after)]),
        ]),
      ].join('\n');
    case 'unchanged':
      return `= ${shown}`;
    case 'extra':
      return prune ? `- ${shown}` : `? ${shown} (not in the file; it stays, --prune deletes it)`;
  }
}

function line(sign: string, field: string, value: string | null): string {
  return `    ${sign} ${field}: ${printable(value ?? '')}`;
}

function summary(changes: readonly ScheduleChange[], prune: boolean): string {
  const count = (kind: ScheduleChange['change']) => changes.filter(({ change }) => change === kind).length;
  return (
    `${count('create')} to create, ${count('update')} to update, ${prune ? count('extra') : 0} to delete, ` +
    `${count('unchanged') + (prune ? 0 : count('extra'))} to leave as they are`
  );
}
