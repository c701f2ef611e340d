CREATE TABLE `compliance_requirements` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `scan_id` int(11) NOT NULL,
  `framework` varchar(64) NOT NULL,
  `requirement` varchar(64) NOT NULL,
  `state` varchar(16) NOT NULL,
  `passed` int(11) NOT NULL,
  `failed` int(11) NOT NULL,
  `unknown` int(11) NOT NULL,
  `suppressed` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_compliance_requirements_scan` (`scan_id`,`framework`,`requirement`),
  CONSTRAINT `fk_compliance_requirements_scan` FOREIGN KEY (`scan_id`) REFERENCES `scout_scans` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `compliance_scores` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `scan_id` int(11) NOT NULL,
  `framework` varchar(64) NOT NULL,
  `version` varchar(64) NOT NULL,
  `account_id` varchar(64) NOT NULL,
  `passed` int(11) NOT NULL,
  `failed` int(11) NOT NULL,
  `unknown` int(11) NOT NULL,
  `not_applicable` int(11) NOT NULL,
  `manual` int(11) NOT NULL,
  `accepted` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_compliance_scores_account` (`organization_id`,`framework`,`account_id`,`scan_id`),
  KEY `idx_compliance_scores_scan` (`scan_id`),
  CONSTRAINT `fk_compliance_scores_scan` FOREIGN KEY (`scan_id`) REFERENCES `scout_scans` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `coverage_corrections` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `detection_sha256` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `detection_id` mediumtext NOT NULL,
  `technique_id` varchar(16) NOT NULL,
  `covers` tinyint(4) NOT NULL,
  `reason` mediumtext NOT NULL,
  `created_by` varchar(255) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_coverage_corrections` (`organization_id`,`detection_sha256`,`technique_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `coverage_detections` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `scan_id` int(11) NOT NULL,
  `detection_sha256` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `detection_id` mediumtext NOT NULL,
  `kind` varchar(32) NOT NULL,
  `name` varchar(1024) NOT NULL,
  `region` varchar(64) DEFAULT NULL,
  `health` varchar(16) NOT NULL,
  `is_posture` tinyint(4) NOT NULL,
  `reasons` longtext NOT NULL CHECK (json_valid(`reasons`)),
  `sees` longtext NOT NULL CHECK (json_valid(`sees`)),
  `target_services` longtext NOT NULL CHECK (json_valid(`target_services`)),
  `techniques` longtext NOT NULL CHECK (json_valid(`techniques`)),
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_coverage_detections_scan` (`scan_id`,`detection_sha256`),
  CONSTRAINT `fk_coverage_detections_scan` FOREIGN KEY (`scan_id`) REFERENCES `scout_scans` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `coverage_scans` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `account_id` varchar(64) NOT NULL,
  `scan_id` int(11) NOT NULL,
  `scan_time` datetime(3) NOT NULL,
  `provider` varchar(16) NOT NULL,
  `attack_version` varchar(16) NOT NULL,
  `services_in_use` longtext NOT NULL CHECK (json_valid(`services_in_use`)),
  `services_unknown` longtext NOT NULL CHECK (json_valid(`services_unknown`)),
  `unseen` longtext NOT NULL CHECK (json_valid(`unseen`)),
  `figures` longtext NOT NULL CHECK (json_valid(`figures`)),
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_coverage_scans_scan` (`scan_id`),
  KEY `idx_coverage_scans_account` (`organization_id`,`account_id`,`scan_time`),
  CONSTRAINT `fk_coverage_scans_scan` FOREIGN KEY (`scan_id`) REFERENCES `scout_scans` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `scout_event_findings` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL DEFAULT 'default',
  `event_id` int(11) NOT NULL,
  `finding_id` int(11) NOT NULL,
  `scan_id` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_event_finding` (`event_id`,`finding_id`),
  KEY `idx_scan_event` (`scan_id`,`event_id`),
  KEY `idx_scan_finding` (`scan_id`,`finding_id`),
  KEY `ix_scout_event_findings_finding_id` (`finding_id`),
  CONSTRAINT `fk_scout_event_findings_event` FOREIGN KEY (`event_id`) REFERENCES `scout_events` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT `fk_scout_event_findings_finding` FOREIGN KEY (`finding_id`) REFERENCES `scout_findings` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT `fk_scout_event_findings_scan` FOREIGN KEY (`scan_id`) REFERENCES `scout_scans` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `scout_events` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL DEFAULT 'default',
  `account_id` varchar(64) NOT NULL,
  `source` varchar(32) NOT NULL,
  `service` varchar(64) NOT NULL,
  `check_id` varchar(255) NOT NULL,
  `level` varchar(16) NOT NULL,
  `resource_id` varchar(2048) NOT NULL,
  `resource_name` varchar(2048) DEFAULT NULL,
  `resource_type` varchar(255) NOT NULL,
  `region` varchar(64) DEFAULT NULL,
  `item_path` mediumtext NOT NULL,
  `details` longtext NOT NULL CHECK (json_valid(`details`)),
  `event_hash` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `first_seen` datetime(3) NOT NULL,
  `last_seen` datetime(3) NOT NULL,
  `resolved_at` datetime(3) DEFAULT NULL,
  `reopened_at` datetime(3) DEFAULT NULL,
  `times_reopened` int(11) NOT NULL DEFAULT 0,
  `notified` tinyint(4) NOT NULL DEFAULT 0,
  `last_scan_id` int(11) NOT NULL,
  `suppression_id` int(11) DEFAULT NULL,
  `status` varchar(16) GENERATED ALWAYS AS (case when `resolved_at` is not null then 'resolved' when `suppression_id` is not null then 'suppressed' else 'active' end) STORED,
  `resource_start` varchar(255) GENERATED ALWAYS AS (substr(`resource_id`,1,255)) STORED,
  `search_text` varchar(700) GENERATED ALWAYS AS (lcase(substr(concat(substr(`resource_id`,1,255),'\n',coalesce(substr(nullif(`resource_name`,`resource_id`),1,255),''),'\n',coalesce(replace(replace(substr(concat(json_extract(`details`,'$.tags'),''),2),'": "','='),'":"','='),'')),1,700))) STORED,
  `raised_from` varchar(16) DEFAULT NULL,
  `ended_because` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_scout_events_identity` (`event_hash`,`organization_id`,`account_id`,`source`),
  KEY `idx_resource_type_region` (`resource_type`,`region`),
  KEY `idx_resolved_notified` (`resolved_at`,`notified`),
  KEY `idx_last_seen_resolved` (`last_seen`,`resolved_at`),
  KEY `idx_resource_id_type` (`resource_id`(255),`resource_type`),
  KEY `ix_scout_events_resource_name` (`resource_name`(255)),
  KEY `ix_scout_events_region` (`region`),
  KEY `ix_scout_events_first_seen` (`first_seen`),
  KEY `ix_scout_events_notified` (`notified`),
  KEY `idx_events_newest` (`organization_id`,`status`,`id`),
  KEY `idx_events_level` (`organization_id`,`status`,`level`,`last_seen`),
  KEY `idx_events_first_seen` (`organization_id`,`status`,`first_seen`),
  KEY `idx_events_kind` (`organization_id`,`account_id`,`source`,`service`,`check_id`,`level`,`region`,`status`,`last_seen`,`first_seen`),
  KEY `idx_events_resource` (`organization_id`,`service`,`resource_start`,`account_id`,`status`),
  KEY `idx_events_resolved` (`organization_id`,`status`,`resolved_at`),
  KEY `idx_events_reopened` (`organization_id`,`status`,`reopened_at`),
  KEY `idx_events_search` (`organization_id`,`id`,`search_text`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `scout_findings` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL DEFAULT 'default',
  `scan_id` int(11) NOT NULL,
  `service` varchar(64) NOT NULL,
  `finding_id` varchar(255) NOT NULL,
  `level` varchar(16) NOT NULL,
  `source_level` varchar(255) NOT NULL,
  `flagged_items` int(11) NOT NULL DEFAULT 0,
  `checked_items` int(11) NOT NULL DEFAULT 0,
  `evaluated` tinyint(4) NOT NULL DEFAULT 1,
  `title` mediumtext NOT NULL,
  `description` mediumtext NOT NULL,
  `rationale` mediumtext DEFAULT NULL,
  `remediation` mediumtext DEFAULT NULL,
  `reference_links` longtext NOT NULL CHECK (json_valid(`reference_links`)),
  `compliance` longtext NOT NULL CHECK (json_valid(`compliance`)),
  `unknown_items` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  KEY `idx_scan_service` (`scan_id`,`service`),
  KEY `idx_service_level` (`service`,`level`),
  KEY `idx_scan_level` (`scan_id`,`level`),
  KEY `ix_scout_findings_finding_id` (`finding_id`),
  KEY `ix_scout_findings_level` (`level`),
  KEY `idx_findings_check` (`scan_id`,`service`,`finding_id`),
  CONSTRAINT `fk_scout_findings_scan` FOREIGN KEY (`scan_id`) REFERENCES `scout_scans` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `scout_scans` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL DEFAULT 'default',
  `account_id` varchar(64) NOT NULL,
  `source` varchar(32) NOT NULL,
  `scan_time` datetime(3) NOT NULL,
  `version` varchar(255) NOT NULL,
  `total_findings` int(11) NOT NULL DEFAULT 0,
  `created_at` datetime(3) NOT NULL,
  `run_id` varchar(255) DEFAULT NULL,
  `profile` varchar(255) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `scope` longtext NOT NULL CHECK (json_valid(`scope`)),
  `warnings` longtext NOT NULL CHECK (json_valid(`warnings`)),
  `results_sha256` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `flagged_findings` int(11) NOT NULL DEFAULT 0,
  `events_total` int(11) NOT NULL DEFAULT 0,
  `events_new` int(11) NOT NULL DEFAULT 0,
  `events_still` int(11) NOT NULL DEFAULT 0,
  `events_resolved` int(11) NOT NULL DEFAULT 0,
  `events_reopened` int(11) NOT NULL DEFAULT 0,
  `events_unverified` int(11) NOT NULL DEFAULT 0,
  `unverified_reasons` longtext NOT NULL CHECK (json_valid(`unverified_reasons`)),
  `events_notified` int(11) NOT NULL DEFAULT 0,
  `duration_ms` int(11) NOT NULL DEFAULT 0,
  `completed_at` datetime(3) DEFAULT NULL,
  `content_sha256` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_scout_scans_content` (`organization_id`,`account_id`,`source`,`scan_time`,`content_sha256`),
  KEY `idx_account_scan_time` (`account_id`,`scan_time`),
  KEY `idx_account_created` (`account_id`,`created_at`),
  KEY `ix_scout_scans_scan_time` (`scan_time`),
  KEY `ix_scout_scans_created_at` (`created_at`),
  KEY `ix_scout_scans_run_id` (`run_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_accounts` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `name` varchar(64) NOT NULL,
  `kind` varchar(16) NOT NULL,
  `account_id` varchar(64) NOT NULL,
  `role_arn` varchar(1024) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `external_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `base_profile` varchar(255) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `created_by` varchar(255) NOT NULL,
  `checked_at` datetime(3) DEFAULT NULL,
  `problem` longtext DEFAULT NULL CHECK (json_valid(`problem`)),
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_accounts_name` (`organization_id`,`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_audit` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `at` datetime(3) NOT NULL,
  `actor` varchar(255) NOT NULL,
  `action` varchar(64) NOT NULL,
  `target` mediumtext NOT NULL,
  `details` longtext NOT NULL CHECK (json_valid(`details`)),
  `outcome` varchar(32) NOT NULL,
  `user_id` int(11) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_audit_organization` (`organization_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_check_counts` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `account_id` varchar(64) NOT NULL,
  `source` varchar(32) NOT NULL,
  `check_id` varchar(255) NOT NULL,
  `scan_id` int(11) NOT NULL,
  `passed` int(11) NOT NULL,
  `unknown` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_check_counts_check` (`organization_id`,`source`,`account_id`,`check_id`),
  KEY `idx_check_counts_scan` (`scan_id`),
  CONSTRAINT `fk_check_counts_scan` FOREIGN KEY (`scan_id`) REFERENCES `scout_scans` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_credentials` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `kind` varchar(16) NOT NULL,
  `name` varchar(255) NOT NULL,
  `secret_sha256` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `scope` varchar(16) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `created_by` varchar(255) NOT NULL,
  `expires_at` datetime(3) DEFAULT NULL,
  `last_used_at` datetime(3) DEFAULT NULL,
  `revoked_at` datetime(3) DEFAULT NULL,
  `user_id` int(11) DEFAULT NULL,
  `method` varchar(16) DEFAULT NULL,
  `authenticated_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_credentials_secret` (`secret_sha256`),
  KEY `idx_credentials_kind` (`organization_id`,`kind`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_event_counts` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `grain` varchar(16) NOT NULL,
  `account_id` varchar(64) NOT NULL,
  `source` varchar(32) NOT NULL,
  `service` varchar(64) NOT NULL,
  `check_id` varchar(255) NOT NULL,
  `level` varchar(16) NOT NULL,
  `region` varchar(64) NOT NULL,
  `status` varchar(16) NOT NULL,
  `events` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_event_counts_account` (`organization_id`,`grain`,`account_id`,`source`,`service`,`check_id`,`level`,`region`,`status`),
  KEY `idx_event_counts_check` (`organization_id`,`grain`,`check_id`,`service`,`level`,`status`,`account_id`,`source`,`region`,`events`),
  KEY `idx_event_counts_region` (`organization_id`,`grain`,`region`,`service`,`level`,`status`,`account_id`,`source`,`events`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_metadata` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `type` varchar(255) NOT NULL,
  `database` varchar(255) DEFAULT NULL,
  `schema` varchar(255) DEFAULT NULL,
  `table` varchar(255) DEFAULT NULL,
  `name` varchar(255) DEFAULT NULL,
  `value` text DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `vedette_migrations` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `timestamp` bigint(20) NOT NULL,
  `name` varchar(255) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `vedette_notification_claims` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `account_id` varchar(64) NOT NULL,
  `source` varchar(32) NOT NULL,
  `scan_id` int(11) NOT NULL,
  `holder` varchar(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `renewals` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_notification_claims_account` (`organization_id`,`account_id`,`source`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_organization_settings` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `name` varchar(64) NOT NULL,
  `value` longtext NOT NULL CHECK (json_valid(`value`)),
  `updated_at` datetime(3) NOT NULL,
  `updated_by` varchar(255) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_organization_settings` (`organization_id`,`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_organizations` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `name` varchar(100) NOT NULL,
  `external_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `created_by` varchar(255) NOT NULL,
  `deleted_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_organizations_organization` (`organization_id`),
  UNIQUE KEY `uq_organizations_external` (`external_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_scan_failures` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `target_kind` varchar(16) NOT NULL,
  `target_name` varchar(255) NOT NULL,
  `source` varchar(32) NOT NULL,
  `run_id` varchar(255) NOT NULL,
  `stage` varchar(16) NOT NULL,
  `failure` longtext NOT NULL CHECK (json_valid(`failure`)),
  `times` int(11) NOT NULL,
  `first_failed_at` datetime(3) NOT NULL,
  `last_failed_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_scan_failures_target` (`organization_id`,`target_kind`,`target_name`,`source`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_projects` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `name` varchar(64) NOT NULL,
  `project_id` varchar(64) NOT NULL,
  `service_account` varchar(255) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `created_by` varchar(255) NOT NULL,
  `checked_at` datetime(3) DEFAULT NULL,
  `problem` longtext DEFAULT NULL CHECK (json_valid(`problem`)),
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_projects_name` (`organization_id`,`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_stripe_events` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `created_at` datetime(3) NOT NULL,
  `event_id` varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `type` varchar(100) NOT NULL,
  `handled_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_stripe_events_event` (`event_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_subscriptions` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `tier` varchar(16) NOT NULL,
  `status` varchar(16) NOT NULL,
  `member_limit` int(11) DEFAULT NULL,
  `account_limit` int(11) DEFAULT NULL,
  `currency` varchar(3) NOT NULL,
  `price_pence` int(11) DEFAULT NULL,
  `stripe_customer_id` varchar(255) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `stripe_subscription_id` varchar(255) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `stripe_price_id` varchar(255) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `period_end` datetime(3) DEFAULT NULL,
  `cancel_at` datetime(3) DEFAULT NULL,
  `grace_until` datetime(3) DEFAULT NULL,
  `source_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_subscriptions_organization` (`organization_id`),
  UNIQUE KEY `uq_subscriptions_customer` (`stripe_customer_id`),
  UNIQUE KEY `uq_subscriptions_subscription` (`stripe_subscription_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_suppressed_events` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `suppression_id` int(11) NOT NULL,
  `event_id` int(11) NOT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `ended_by` varchar(255) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_suppressed_events` (`suppression_id`,`event_id`),
  KEY `idx_suppressed_events_event` (`event_id`),
  CONSTRAINT `fk_suppressed_events_event` FOREIGN KEY (`event_id`) REFERENCES `scout_events` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT `fk_suppressed_events_suppression` FOREIGN KEY (`suppression_id`) REFERENCES `vedette_suppressions` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_suppressions` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `reason` mediumtext NOT NULL,
  `owner` varchar(255) DEFAULT NULL,
  `expires_at` datetime(3) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `created_by` varchar(255) NOT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `ended_by` varchar(255) DEFAULT NULL,
  `kind` varchar(32) NOT NULL DEFAULT 'accepted-risk',
  `rule_check_id` varchar(255) DEFAULT NULL,
  `rule_account_id` varchar(64) DEFAULT NULL,
  `rule_resource` varchar(1024) DEFAULT NULL,
  `rule_tag` varchar(512) DEFAULT NULL,
  `end_told_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_suppressions_due` (`ended_at`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `vedette_told_events` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `organization_id` varchar(64) NOT NULL,
  `event_id` int(11) NOT NULL,
  `channel` varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `times_reopened` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_told_events_channel` (`event_id`,`channel`),
  CONSTRAINT `fk_told_events_event` FOREIGN KEY (`event_id`) REFERENCES `scout_events` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC;
