import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '../../../src/api/schemas/accounts.ts';
import type { EventGroupList, EventList } from '../../../src/api/schemas/events.ts';
import type { RunSummary } from '../../../src/api/schemas/runs.ts';
import type { FindingList } from '../../../src/api/schemas/scans.ts';
import { request } from '../api/client.ts';
import { accountsQuery, runsQuery } from '../api/queries.ts';
import { readList } from '../api/read.ts';
import { Dialog } from '../components/dialog.tsx';
import { SearchList } from '../components/search-list.tsx';
import { Plain } from '../components/text.tsx';

/** Of each kind; one types on for others. */
const MOST_OF_A_KIND = 8;
const FEWEST_LETTERS = 2;
const MANY_CHECKS = 500;
const LAST_RUNS = 50;

type Navigate = ReturnType<typeof useNavigate>;

interface Target {
  kind: string;
  name: string;
  /** What else it is found by, and shown beside its name. */
  detail?: string;
  go: (navigate: Navigate) => void;
}

const PAGES: readonly Target[] = [
  { kind: 'page', name: 'Overview', go: (navigate) => void navigate({ to: '/' }) },
  {
    kind: 'page',
    name: 'Events',
    go: (navigate) => void navigate({ to: '/events', search: { status: ['active'], sort: '-level' } }),
  },
  { kind: 'page', name: 'Compliance', go: (navigate) => void navigate({ to: '/compliance' }) },
  { kind: 'page', name: 'Checks', go: (navigate) => void navigate({ to: '/checks' }) },
  { kind: 'page', name: 'Accounts', go: (navigate) => void navigate({ to: '/accounts' }) },
  { kind: 'page', name: 'Runs', go: (navigate) => void navigate({ to: '/runs' }) },
  { kind: 'page', name: 'Scans', go: (navigate) => void navigate({ to: '/scans' }) },
  { kind: 'page', name: 'Schedules', go: (navigate) => void navigate({ to: '/schedules' }) },
  { kind: 'page', name: 'Exports', go: (navigate) => void navigate({ to: '/exports' }) },
  { kind: 'page', name: 'Notifications', go: (navigate) => void navigate({ to: '/settings/notifications' }) },
  { kind: 'page', name: 'Suppressions', go: (navigate) => void navigate({ to: '/settings/suppressions' }) },
  { kind: 'page', name: 'People', go: (navigate) => void navigate({ to: '/settings/people' }) },
  { kind: 'page', name: 'Your account', go: (navigate) => void navigate({ to: '/settings/account' }) },
  { kind: 'page', name: 'Tokens', go: (navigate) => void navigate({ to: '/settings/tokens' }) },
  { kind: 'page', name: 'Audit log', go: (navigate) => void navigate({ to: '/settings/audit' }) },
  { kind: 'page', name: 'Appearance', go: (navigate) => void navigate({ to: '/settings' }) },
  {
    kind: 'action',
    name: 'Start a run',
    go: (navigate) => void navigate({ to: '/runs', search: { dialog: 'start' } }),
  },
  {
    kind: 'action',
    name: 'New schedule',
    go: (navigate) => void navigate({ to: '/schedules', search: { dialog: 'create' } }),
  },
];

const checksQuery = readList<EventGroupList>('events', '/events/groups', { by: 'check', limit: MANY_CHECKS });

const resourcesQuery = (search: string) =>
  readList<EventList>('events', '/events', { search, limit: LAST_RUNS });

/** One field that leads to everything that has a page. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const word = text.trim();
  const targets = useTargets(word);
  return (
    <Dialog title="Search or jump" onClose={onClose}>
      <SearchList
        label="Search or jump to"
        placeholder="Account, resource, check, run, page or action"
        text={text}
        onText={setText}
        choices={targets.map(({ kind, name, detail, go }, index) => ({
          id: `${kind} ${name} ${index}`,
          label: (
            <>
              <Plain>{name}</Plain>
              {detail !== undefined && (
                <span className="muted">
                  {' '}
                  <Plain>{detail}</Plain>
                </span>
              )}
            </>
          ),
          kind,
          onChoose: () => {
            onClose();
            go(navigate);
          },
        }))}
        empty={`Nothing is found by “${word}”.`}
      />
    </Dialog>
  );
}

function useTargets(word: string): Target[] {
  const enabled = word.length >= FEWEST_LETTERS;
  const accounts = useQuery(accountsQuery);
  const runs = useQuery({ ...runsQuery({ limit: LAST_RUNS }), enabled });
  const checks = useQuery({ ...checksQuery, enabled });
  const resources = useQuery({ ...resourcesQuery(word), enabled });
  if (!enabled) return PAGES.filter((page) => isMeant(page, word));
  return [
    PAGES,
    accountTargets(accounts.data?.accounts ?? []),
    checkTargets(checks.data),
    resourceTargets(resources.data),
    runTargets(runs.data?.runs ?? []),
  ].flatMap((kind) => kind.filter((target) => isMeant(target, word)).slice(0, MOST_OF_A_KIND));
}

function isMeant({ name, detail = '' }: Target, word: string): boolean {
  return `${name} ${detail}`.toLowerCase().includes(word.toLowerCase());
}

function accountTargets(accounts: readonly Account[]): Target[] {
  return accounts.flatMap(({ profile, accountId }) =>
    accountId === null
      ? []
      : [
          {
            kind: 'account',
            name: profile ?? accountId,
            ...(profile === null ? {} : { detail: accountId }),
            go: (navigate) => void navigate({ to: '/accounts/$accountId', params: { accountId } }),
          },
        ],
  );
}

function checkTargets(list: EventGroupList | undefined): Target[] {
  return (list?.groups ?? []).map(({ service, key, title }) => ({
    kind: 'check',
    name: title ?? key,
    ...(title === null ? {} : { detail: key }),
    go: (navigate) => void goToCheck(navigate, service, key),
  }));
}

/** Its newest finding says which source the check is of. */
async function goToCheck(navigate: Navigate, service: string, checkId: string): Promise<void> {
  const query = { service: [service], check: [checkId], limit: 1 };
  const { findings } = await request<FindingList>('/findings', { query });
  const [finding] = findings;
  await (finding === undefined
    ? navigate({ to: '/events', search: { check: [checkId] } })
    : navigate({
        to: '/checks/$source/$service/$checkId',
        params: { source: finding.source, service, checkId },
      }));
}

/** Each once, however many events it has. */
function resourceTargets(list: EventList | undefined): Target[] {
  const found = new Map(
    (list?.events ?? []).map((event) => [`${event.accountId} ${event.resourceId}`, event] as const),
  );
  return [...found.values()].map(({ accountId, resourceId, resourceName, checkId, resourceType }) => ({
    kind: resourceType,
    name: resourceName ?? resourceId,
    // An event is also found by its check.
    detail: resourceName === null ? checkId : `${resourceId} ${checkId}`,
    go: (navigate) =>
      void navigate({ to: '/resources/$accountId/$', params: { accountId, _splat: resourceId } }),
  }));
}

function runTargets(runs: readonly RunSummary[]): Target[] {
  return runs.map(({ runId }) => ({
    kind: 'run',
    name: runId,
    go: (navigate) => void navigate({ to: '/runs/$runId', params: { runId } }),
  }));
}
