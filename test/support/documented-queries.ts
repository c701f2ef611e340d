/** The "Optimized Query Patterns" of the schema's documentation, word for word, and the indexes that it names for each. */
export const QUERIES = {
  'recent high-severity events': {
    sql: `
SELECT se.resource_id, se.resource_name, sf.service, sf.level, se.last_seen
FROM scout_events se 
JOIN scout_event_findings sef ON se.id = sef.event_id
JOIN scout_findings sf ON sef.finding_id = sf.id 
WHERE sf.level IN ('high', 'critical')
  AND se.resolved_at IS NULL
ORDER BY se.last_seen DESC;`,
    indexes: ['idx_resolved_notified', 'idx_service_level'],
  },
  'account-specific active events': {
    sql: `
SELECT se.*, sf.service, sf.level
FROM scout_events se
JOIN scout_event_findings sef ON se.id = sef.event_id
JOIN scout_findings sf ON sef.finding_id = sf.id
JOIN scout_scans ss ON sf.scan_id = ss.id
WHERE ss.account_id = '123456789012'
  AND se.resolved_at IS NULL;`,
    indexes: ['idx_account_scan_time', 'idx_resolved_notified'],
  },
  'resource type distribution': {
    sql: `
SELECT resource_type, region, COUNT(*) as count
FROM scout_events 
WHERE resolved_at IS NULL
GROUP BY resource_type, region 
ORDER BY count DESC;`,
    indexes: ['idx_resource_type_region', 'idx_resolved_notified'],
  },
  'unnotified events for alerting': {
    sql: `
SELECT COUNT(*) as pending_notifications
FROM scout_events 
WHERE notified = FALSE 
  AND resolved_at IS NULL;`,
    indexes: ['idx_resolved_notified'],
  },
  'event timeline analysis': {
    sql: `
SELECT DATE(first_seen) as date, COUNT(*) as new_events
FROM scout_events 
WHERE first_seen >= DATE_SUB(NOW(), INTERVAL 30 DAY)
GROUP BY DATE(first_seen)
ORDER BY date;`,
    indexes: ['ix_scout_events_first_seen'],
  },
} as const;
