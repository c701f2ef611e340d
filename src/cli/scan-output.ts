import type { ScanDetails } from '../model/scan.ts';
import { words } from './output/detail.ts';
import type { Detail } from './output/detail.ts';

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
