import type { Store } from '../../src/store/database/store.ts';

const ACCOUNTS = 40;
const SCANS_PER_ACCOUNT = 10;
const CHECKS = 150;
export const EVENTS = 100_000;

/**
 * Fills an empty MariaDB as two years of scans leave it: one event of `resolvedExcept` active, nearly all notified, most
 * checks without flagged items, and each event linked to the findings of some scans. One of the accounts is 123456789012.
 */
export async function fillWithManyEvents(store: Store, resolvedExcept = 19): Promise<void> {
  await store.session(async (session) => {
    await session.execute(
      'INSERT INTO scout_scans (id, account_id, source, scan_time, version, created_at, status, scope, warnings, ' +
        'results_sha256, unverified_reasons, completed_at) ' +
        "SELECT seq, 123456789000 + seq % ?, 'scoutsuite', NOW() - INTERVAL (? - seq) * 43 HOUR, '5.14.0', " +
        "NOW() - INTERVAL (? - seq) * 43 HOUR, 'recorded', '{}', '[]', '', '{}', NOW() FROM seq_1_to_400",
      [ACCOUNTS, ACCOUNTS * SCANS_PER_ACCOUNT, ACCOUNTS * SCANS_PER_ACCOUNT],
    );
    // Of a scan's checks, two thirds find nothing; levels as the scanner's rules have them, with a few critical ones.
    await session.execute(
      'INSERT INTO scout_findings (scan_id, service, finding_id, level, source_level, flagged_items, checked_items, ' +
        'title, description, reference_links, compliance) ' +
        "SELECT s.id, CONCAT('service-', c.seq % 20), CONCAT('check-', c.seq), " +
        "CASE WHEN c.seq % 50 = 0 THEN 'critical' WHEN c.seq % 5 < 1 THEN 'high' WHEN c.seq % 5 < 3 THEN 'medium' ELSE 'low' END, " +
        "'danger', IF(c.seq % 3 = 0, 10, 0), 100, 'A check', 'A check', '[]', '[]' " +
        `FROM scout_scans s JOIN seq_1_to_${CHECKS} c`,
    );
    await session.execute(
      'INSERT INTO scout_events (account_id, source, service, check_id, level, resource_id, resource_name, resource_type, ' +
        'region, item_path, details, event_hash, first_seen, last_seen, resolved_at, notified, last_scan_id) ' +
        "SELECT 123456789000 + seq % ?, 'scoutsuite', CONCAT('service-', seq % 20), CONCAT('check-', 3 * (1 + seq % 50)), " +
        "'high', CONCAT('resource-', seq), CONCAT('name-', seq), CONCAT('type-', seq % 30), CONCAT('region-', seq % 17), " +
        "CONCAT('path.', seq), '{}', SHA2(seq, 256), NOW() - INTERVAL 3 + (seq * 7919) % 730 DAY, " +
        'NOW() - INTERVAL (seq * 7907) % 730 DAY, IF(seq % ? = 0, NULL, NOW() - INTERVAL (seq * 7907) % 730 DAY), ' +
        `IF(seq % 1000 = 0, 0, 1), 400 FROM seq_1_to_${EVENTS}`,
      [ACCOUNTS, resolvedExcept],
    );
    await session.execute(
      'INSERT INTO scout_event_findings (event_id, finding_id, scan_id) ' +
        'SELECT e.id, f.id, f.scan_id FROM scout_events e JOIN seq_0_to_2 n ' +
        'JOIN scout_scans s ON s.id = 1 + (e.id + n.seq * 131) % 400 ' +
        "JOIN scout_findings f ON f.scan_id = s.id AND f.service = CONCAT('service-', (3 * (1 + e.id % 50)) % 20) AND f.finding_id = CONCAT('check-', 3 * (1 + e.id % 50))",
    );
    await session.query('ANALYZE TABLE scout_scans, scout_findings, scout_events, scout_event_findings');
  });
}
