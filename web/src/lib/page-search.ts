import { EVENT_SORTS } from '../../../src/model/event.ts';
import type { EventSort } from '../../../src/model/event.ts';
import { LEVELS } from '../../../src/model/level.ts';
import type { Level } from '../../../src/model/level.ts';
import { EXPORT_FORMATS, readEventFilter } from '../pages/events/shared/event-filter.ts';
import type { EventFilter, ExportFormat } from '../pages/events/shared/event-filter.ts';
import { choiceIn, choicesIn, idIn, listIn, textIn } from './search-params.ts';
import type { RawSearch } from './search-params.ts';

/** What each page keeps in its address. */
export interface OverviewSearch {
  days?: number | undefined;
}
export interface EventsSearch extends EventFilter {
  sort?: EventSort | undefined;
  by?: 'check' | 'resource' | undefined;
  cursor?: string | undefined;
  /** The event whose panel is open. */
  event?: number | undefined;
}
export interface RunsSearch {
  cursor?: string | undefined;
  dialog?: 'start' | undefined;
}
export interface ScansSearch {
  account?: string[] | undefined;
  run?: string | undefined;
  cursor?: string | undefined;
}
export interface ScanSearch {
  flagged?: 'true' | 'false' | undefined;
  level?: Level[] | undefined;
  cursor?: string | undefined;
}
export interface SchedulesSearch {
  dialog?: 'create' | undefined;
}
export interface ScheduleSearch {
  dialog?: 'edit' | 'delete' | undefined;
}
export interface AccountsSearch {
  sort?: string | undefined;
}
export interface ExportsSearch extends EventFilter {
  format?: ExportFormat | undefined;
}
export interface PreviewSearch {
  scan?: number | undefined;
  as?: 'html' | 'text' | undefined;
}
export interface CursorSearch {
  cursor?: string | undefined;
}
export interface SignInSearch {
  returnTo?: string | undefined;
}

export const DAYS = [7, 30, 90] as const;

export function readOverview(search: RawSearch): OverviewSearch {
  const days = idIn(search, 'days');
  return { days: DAYS.find((choice) => choice === days) };
}

export function readEvents(search: RawSearch): EventsSearch {
  return {
    ...readEventFilter(search),
    sort: choiceIn(search, 'sort', EVENT_SORTS),
    by: choiceIn(search, 'by', ['check', 'resource']),
    cursor: textIn(search, 'cursor'),
    event: idIn(search, 'event'),
  };
}

export function readRuns(search: RawSearch): RunsSearch {
  return { cursor: textIn(search, 'cursor'), dialog: choiceIn(search, 'dialog', ['start']) };
}

export function readScans(search: RawSearch): ScansSearch {
  return {
    account: listIn(search, 'account'),
    run: textIn(search, 'run'),
    cursor: textIn(search, 'cursor'),
  };
}

export function readScan(search: RawSearch): ScanSearch {
  return {
    flagged: choiceIn(search, 'flagged', ['true', 'false']),
    level: choicesIn(search, 'level', LEVELS),
    cursor: textIn(search, 'cursor'),
  };
}

export function readSchedules(search: RawSearch): SchedulesSearch {
  return { dialog: choiceIn(search, 'dialog', ['create']) };
}

export function readSchedule(search: RawSearch): ScheduleSearch {
  return { dialog: choiceIn(search, 'dialog', ['edit', 'delete']) };
}

export function readAccounts(search: RawSearch): AccountsSearch {
  return { sort: textIn(search, 'sort') };
}

export function readExports(search: RawSearch): ExportsSearch {
  return { ...readEventFilter(search), format: choiceIn(search, 'format', EXPORT_FORMATS) };
}

export function readPreview(search: RawSearch): PreviewSearch {
  return { scan: idIn(search, 'scan'), as: choiceIn(search, 'as', ['html', 'text']) };
}

export function readCursor(search: RawSearch): CursorSearch {
  return { cursor: textIn(search, 'cursor') };
}

export function readSignIn(search: RawSearch): SignInSearch {
  return { returnTo: textIn(search, 'returnTo') };
}
