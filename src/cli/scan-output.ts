import type { ScanDetails, ScanRecord } from '../model/scan.ts';
import { words } from './output/detail.ts';
import type { Detail } from './output/detail.ts';
import { foundText } from './run-findings.ts';

/** A recorded scan: what came of it, where it looked, and what it could not judge. */
export function scanDetail(scan: ScanDetails): Detail {
  const { events, findings, scope, unverifiedReasons } = scan;
  return {
    title: `Scan ${scan.scanId} of ${scan.profile ?? scan.accountId}`,
    badges: [scan.status],
    parts: [
      {
        facts: [
          ['Account', scan.accountId],
          ['Source', `${scan.source} ${scan.version}`],
          ['Started', scan.scanTime],
          ['Stored', scan.completedAt],
          ['Took', `${(scan.durationMs / 1000).toFixed(1)} s to store`],
          ['Run', scan.runId],
        ],
      },
      {
        title: 'What it found',
        facts: [
          ['Findings', `${findings.total}, of which ${findings.flagged} flagged`],
          ['Events', events.total],
          ['New', events.new],
          ['Still there', events.still],
          ['Resolved', events.resolved],
          ['Reopened', events.reopened],
          ['Notified', scan.notified],
        ],
      },
      {
        title: 'What it could not judge',
        facts: Object.entries(unverifiedReasons).map(
          ([reason, count]) => [words(reason), `${count} active events`] as const,
        ),
      },
      { title: 'Where it looked', text: scope.services.map(({ service }) => service).join(', ') || null },
      { title: 'Warnings', lines: scan.warnings },
    ],
  };
}

/** A run by what its scans have left, in the names that a run has; what is not known is null. */
export function recordedRun(runId: string, scans: readonly ScanRecord[]) {
  const accounts = scans.map((scan) => ({
    profile: scan.profile,
    accountId: scan.accountId,
    source: scan.source,
    outcome: scan.completedAt === null ? null : 'success',
    scan,
  }));
  return { runId, status: null, accounts, ...timesOf(scans) };
}

export function recordedRunDetail(runId: string, scans: readonly ScanRecord[]): Detail {
  const { startedAt, endedAt } = timesOf(scans);
  return {
    title: runId,
    parts: [
      {
        facts: [
          ['Started', startedAt],
          ['Last stored', endedAt],
        ],
      },
      {
        title: 'What was found',
        facts: scans.map((scan) => [
          `${scan.profile ?? scan.accountId} [${scan.source}]`,
          foundText(scan.events),
        ]),
      },
    ],
  };
}

function timesOf(scans: readonly ScanRecord[]): { startedAt: string | null; endedAt: string | null } {
  const started = scans.map(({ scanTime }) => scanTime).toSorted();
  const ended = scans.flatMap(({ completedAt }) => completedAt ?? []).toSorted();
  return { startedAt: started[0] ?? null, endedAt: ended.at(-1) ?? null };
}
