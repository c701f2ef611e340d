CREATE TABLE "compliance_requirements" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "scan_id" integer NOT NULL,
  "framework" varchar(64) NOT NULL,
  "requirement" varchar(64) NOT NULL,
  "state" varchar(16) NOT NULL,
  "passed" integer NOT NULL,
  "failed" integer NOT NULL,
  "unknown" integer NOT NULL,
  "suppressed" integer NOT NULL,
  CONSTRAINT "fk_compliance_requirements_scan" FOREIGN KEY ("scan_id") REFERENCES "scout_scans" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_compliance_requirements_scan" ON "compliance_requirements" ("scan_id", "framework", "requirement");

CREATE TABLE "compliance_scores" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "scan_id" integer NOT NULL,
  "framework" varchar(64) NOT NULL,
  "version" varchar(64) NOT NULL,
  "account_id" varchar(64) NOT NULL,
  "passed" integer NOT NULL,
  "failed" integer NOT NULL,
  "unknown" integer NOT NULL,
  "not_applicable" integer NOT NULL,
  "manual" integer NOT NULL,
  "accepted" integer NOT NULL,
  CONSTRAINT "fk_compliance_scores_scan" FOREIGN KEY ("scan_id") REFERENCES "scout_scans" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_compliance_scores_account" ON "compliance_scores" ("organization_id", "framework", "account_id", "scan_id");

CREATE INDEX "idx_compliance_scores_scan" ON "compliance_scores" ("scan_id");

CREATE TABLE "coverage_corrections" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "detection_sha256" varchar(64) NOT NULL,
  "detection_id" text NOT NULL,
  "technique_id" varchar(16) NOT NULL,
  "covers" boolean NOT NULL,
  "reason" text NOT NULL,
  "created_by" varchar(255) NOT NULL,
  "created_at" datetime(3) NOT NULL
);

CREATE UNIQUE INDEX "uq_coverage_corrections" ON "coverage_corrections" ("organization_id", "detection_sha256", "technique_id");

CREATE TABLE "coverage_detections" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "scan_id" integer NOT NULL,
  "detection_sha256" varchar(64) NOT NULL,
  "detection_id" text NOT NULL,
  "kind" varchar(32) NOT NULL,
  "name" varchar(1024) NOT NULL,
  "region" varchar(64) NULL,
  "health" varchar(16) NOT NULL,
  "is_posture" boolean NOT NULL,
  "reasons" json NOT NULL,
  "sees" json NOT NULL,
  "target_services" json NOT NULL,
  "techniques" json NOT NULL,
  CONSTRAINT "fk_coverage_detections_scan" FOREIGN KEY ("scan_id") REFERENCES "scout_scans" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE UNIQUE INDEX "uq_coverage_detections_scan" ON "coverage_detections" ("scan_id", "detection_sha256");

CREATE TABLE "coverage_scans" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "account_id" varchar(64) NOT NULL,
  "scan_id" integer NOT NULL,
  "scan_time" datetime(3) NOT NULL,
  "provider" varchar(16) NOT NULL,
  "attack_version" varchar(16) NOT NULL,
  "services_in_use" json NOT NULL,
  "services_unknown" json NOT NULL,
  "unseen" json NOT NULL,
  "figures" json NOT NULL,
  CONSTRAINT "fk_coverage_scans_scan" FOREIGN KEY ("scan_id") REFERENCES "scout_scans" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_coverage_scans_account" ON "coverage_scans" ("organization_id", "account_id", "scan_time");

CREATE UNIQUE INDEX "uq_coverage_scans_scan" ON "coverage_scans" ("scan_id");

CREATE TABLE "s3_batches" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "job_id" varchar(255) NOT NULL,
  "batch" varchar(64) NOT NULL,
  "objects" integer NOT NULL DEFAULT 0,
  "status" varchar(16) NOT NULL,
  "succeeded" integer NOT NULL DEFAULT 0,
  "failed" integer NOT NULL DEFAULT 0,
  "skipped" integer NOT NULL DEFAULT 0,
  "findings" integer NOT NULL DEFAULT 0,
  "bytes" integer NOT NULL DEFAULT 0
);

CREATE UNIQUE INDEX "uq_s3_batches_batch" ON "s3_batches" ("organization_id", "job_id", "batch");

CREATE TABLE "s3_findings" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "job_id" varchar(255) NOT NULL,
  "bucket" varchar(255) NOT NULL,
  "object_key" text NOT NULL,
  "etag" varchar(255) NOT NULL,
  "identity" varchar(64) NOT NULL,
  "detector" varchar(64) NOT NULL,
  "byte_offset" integer NOT NULL DEFAULT 0,
  "length" integer NOT NULL,
  "member" text NULL,
  "masked_match" text NOT NULL,
  "context" text NOT NULL,
  "created_at" datetime(3) NOT NULL
);

CREATE INDEX "idx_s3_findings_bucket" ON "s3_findings" ("organization_id", "bucket", "id");

CREATE INDEX "idx_s3_findings_job" ON "s3_findings" ("organization_id", "job_id", "id");

CREATE UNIQUE INDEX "uq_s3_findings_identity" ON "s3_findings" ("organization_id", "identity");

CREATE TABLE "s3_jobs" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "job_id" varchar(255) NOT NULL,
  "account" varchar(255) NOT NULL,
  "bucket" varchar(255) NOT NULL,
  "prefix" text NOT NULL,
  "detectors" json NOT NULL,
  "status" varchar(16) NOT NULL,
  "reason" text NULL,
  "created_at" datetime(3) NOT NULL,
  "ended_at" datetime(3) NULL
);

CREATE UNIQUE INDEX "uq_s3_jobs_job" ON "s3_jobs" ("organization_id", "job_id");

CREATE TABLE "s3_objects" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "job_id" varchar(255) NOT NULL,
  "bucket" varchar(255) NOT NULL,
  "key_sha256" varchar(64) NOT NULL,
  "object_key" text NOT NULL,
  "etag" varchar(255) NOT NULL,
  "detectors" varchar(64) NOT NULL,
  "status" varchar(16) NOT NULL,
  "reason" text NULL,
  "matches" json NOT NULL,
  "scanned_at" datetime(3) NOT NULL
);

CREATE INDEX "idx_s3_objects_job" ON "s3_objects" ("organization_id", "job_id", "status", "id");

CREATE UNIQUE INDEX "uq_s3_objects_key" ON "s3_objects" ("organization_id", "bucket", "key_sha256");

CREATE TABLE "scout_event_findings" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL DEFAULT 'default',
  "event_id" integer NOT NULL,
  "finding_id" integer NOT NULL,
  "scan_id" integer NOT NULL,
  CONSTRAINT "fk_scout_event_findings_event" FOREIGN KEY ("event_id") REFERENCES "scout_events" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "fk_scout_event_findings_finding" FOREIGN KEY ("finding_id") REFERENCES "scout_findings" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "fk_scout_event_findings_scan" FOREIGN KEY ("scan_id") REFERENCES "scout_scans" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_event_finding" ON "scout_event_findings" ("event_id", "finding_id");

CREATE INDEX "idx_scan_event" ON "scout_event_findings" ("scan_id", "event_id");

CREATE INDEX "idx_scan_finding" ON "scout_event_findings" ("scan_id", "finding_id");

CREATE INDEX "ix_scout_event_findings_finding_id" ON "scout_event_findings" ("finding_id");

CREATE TABLE "scout_events" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL DEFAULT 'default',
  "account_id" varchar(64) NOT NULL,
  "source" varchar(32) NOT NULL,
  "service" varchar(64) NOT NULL,
  "check_id" varchar(255) NOT NULL,
  "level" varchar(16) NOT NULL,
  "resource_id" varchar(2048) NOT NULL,
  "resource_name" varchar(2048) NULL,
  "resource_type" varchar(255) NOT NULL,
  "region" varchar(64) NULL,
  "item_path" text NOT NULL,
  "details" json NOT NULL,
  "event_hash" varchar(64) NOT NULL,
  "first_seen" datetime(3) NOT NULL,
  "last_seen" datetime(3) NOT NULL,
  "resolved_at" datetime(3) NULL,
  "reopened_at" datetime(3) NULL,
  "times_reopened" integer NOT NULL DEFAULT 0,
  "notified" boolean NOT NULL DEFAULT 0,
  "last_scan_id" integer NOT NULL, suppression_id integer NULL, status varchar(16) GENERATED ALWAYS AS (CASE WHEN resolved_at IS NOT NULL THEN 'resolved' WHEN suppression_id IS NOT NULL THEN 'suppressed' ELSE 'active' END) VIRTUAL, resource_start varchar(255) GENERATED ALWAYS AS (SUBSTR(resource_id, 1, 255)) VIRTUAL, raised_from varchar(16) NULL, ended_because varchar(64) NULL, search_text varchar(700) GENERATED ALWAYS AS (LOWER(SUBSTR(CONCAT(SUBSTR(resource_id, 1, 255), '
',
  COALESCE(SUBSTR(NULLIF(resource_name, resource_id), 1, 255), ''), '
',
  COALESCE(REPLACE(REPLACE(SUBSTR(CONCAT(JSON_EXTRACT(details, '$.tags'), ''), 2), '": "', '='), '":"', '='), '')), 1, 700))) VIRTUAL
);

CREATE INDEX "idx_events_first_seen" ON "scout_events" ("organization_id", "status", "first_seen");

CREATE INDEX "idx_events_kind" ON "scout_events" ("organization_id", "account_id", "source", "service", "check_id", "level", "region", "status", "last_seen", "first_seen");

CREATE INDEX "idx_events_level" ON "scout_events" ("organization_id", "status", "level", "last_seen");

CREATE INDEX "idx_events_newest" ON "scout_events" ("organization_id", "status", "id");

CREATE INDEX "idx_events_reopened" ON "scout_events" (organization_id, status, reopened_at);

CREATE INDEX "idx_events_resolved" ON "scout_events" (organization_id, status, resolved_at);

CREATE INDEX "idx_events_resource" ON "scout_events" ("organization_id", "service", "resource_start", "account_id", "status");

CREATE INDEX "idx_events_search" ON "scout_events" (organization_id, id, search_text);

CREATE INDEX "idx_last_seen_resolved" ON "scout_events" ("last_seen", "resolved_at");

CREATE INDEX "idx_resolved_notified" ON "scout_events" ("resolved_at", "notified");

CREATE INDEX "idx_resource_id_type" ON "scout_events" ("resource_id", "resource_type");

CREATE INDEX "idx_resource_type_region" ON "scout_events" ("resource_type", "region");

CREATE INDEX "ix_scout_events_first_seen" ON "scout_events" ("first_seen");

CREATE INDEX "ix_scout_events_notified" ON "scout_events" ("notified");

CREATE INDEX "ix_scout_events_region" ON "scout_events" ("region");

CREATE INDEX "ix_scout_events_resource_name" ON "scout_events" ("resource_name");

CREATE UNIQUE INDEX "uq_scout_events_identity" ON "scout_events" ("event_hash", "organization_id", "account_id", "source");

CREATE TABLE "scout_findings" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL DEFAULT 'default',
  "scan_id" integer NOT NULL,
  "service" varchar(64) NOT NULL,
  "finding_id" varchar(255) NOT NULL,
  "level" varchar(16) NOT NULL,
  "source_level" varchar(255) NOT NULL,
  "flagged_items" integer NOT NULL DEFAULT 0,
  "checked_items" integer NOT NULL DEFAULT 0,
  "evaluated" boolean NOT NULL DEFAULT 1,
  "title" text NOT NULL,
  "description" text NOT NULL,
  "rationale" text NULL,
  "remediation" text NULL,
  "reference_links" json NOT NULL,
  "compliance" json NOT NULL, unknown_items integer NOT NULL DEFAULT 0,
  CONSTRAINT "fk_scout_findings_scan" FOREIGN KEY ("scan_id") REFERENCES "scout_scans" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_findings_check" ON "scout_findings" ("scan_id", "service", "finding_id");

CREATE INDEX "idx_scan_level" ON "scout_findings" ("scan_id", "level");

CREATE INDEX "idx_scan_service" ON "scout_findings" ("scan_id", "service");

CREATE INDEX "idx_service_level" ON "scout_findings" ("service", "level");

CREATE INDEX "ix_scout_findings_finding_id" ON "scout_findings" ("finding_id");

CREATE INDEX "ix_scout_findings_level" ON "scout_findings" ("level");

CREATE TABLE "scout_scans" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL DEFAULT 'default',
  "account_id" varchar(64) NOT NULL,
  "source" varchar(32) NOT NULL,
  "scan_time" datetime(3) NOT NULL,
  "version" varchar(255) NOT NULL,
  "total_findings" integer NOT NULL DEFAULT 0,
  "created_at" datetime(3) NOT NULL,
  "run_id" varchar(255) NULL,
  "profile" varchar(255) NULL,
  "status" varchar(16) NOT NULL,
  "scope" json NOT NULL,
  "warnings" json NOT NULL,
  "results_sha256" varchar(64) NOT NULL,
  "flagged_findings" integer NOT NULL DEFAULT 0,
  "events_total" integer NOT NULL DEFAULT 0,
  "events_new" integer NOT NULL DEFAULT 0,
  "events_still" integer NOT NULL DEFAULT 0,
  "events_resolved" integer NOT NULL DEFAULT 0,
  "events_reopened" integer NOT NULL DEFAULT 0,
  "events_unverified" integer NOT NULL DEFAULT 0,
  "unverified_reasons" json NOT NULL,
  "events_notified" integer NOT NULL DEFAULT 0,
  "duration_ms" integer NOT NULL DEFAULT 0,
  "completed_at" datetime(3) NULL, content_sha256 varchar(64) NOT NULL DEFAULT ''
);

CREATE INDEX "idx_account_created" ON "scout_scans" ("account_id", "created_at");

CREATE INDEX "idx_account_scan_time" ON "scout_scans" ("account_id", "scan_time");

CREATE INDEX "ix_scout_scans_created_at" ON "scout_scans" ("created_at");

CREATE INDEX "ix_scout_scans_run_id" ON "scout_scans" ("run_id");

CREATE INDEX "ix_scout_scans_scan_time" ON "scout_scans" ("scan_time");

CREATE UNIQUE INDEX "uq_scout_scans_content" ON "scout_scans" ("organization_id", "account_id", "source", "scan_time", "content_sha256");

CREATE TABLE "vedette_accounts" (
  
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "organization_id" varchar(64) NOT NULL,
    "name" varchar(64) NOT NULL,
    "kind" varchar(16) NOT NULL,
    "account_id" varchar(64) NOT NULL,
    "role_arn" varchar(1024) NOT NULL,
    "external_id" varchar(64) NOT NULL,
    "base_profile" varchar(255) NULL,
    "created_at" datetime(3) NOT NULL,
    "created_by" varchar(255) NOT NULL,
    "checked_at" datetime(3) NULL,
    "problem" json NULL
  
);

CREATE UNIQUE INDEX "uq_accounts_name" ON "vedette_accounts" ("organization_id", "name");

CREATE TABLE "vedette_audit" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "at" datetime(3) NOT NULL,
  "actor" varchar(255) NOT NULL,
  "action" varchar(64) NOT NULL,
  "target" text NOT NULL,
  "details" json NOT NULL,
  "outcome" varchar(32) NOT NULL, user_id integer NULL
);

CREATE INDEX "idx_audit_organization" ON "vedette_audit" ("organization_id", "id");

CREATE TABLE "vedette_check_counts" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "account_id" varchar(64) NOT NULL,
  "source" varchar(32) NOT NULL,
  "check_id" varchar(255) NOT NULL,
  "scan_id" integer NOT NULL,
  "passed" integer NOT NULL,
  "unknown" integer NOT NULL,
  CONSTRAINT "fk_check_counts_scan" FOREIGN KEY ("scan_id") REFERENCES "scout_scans" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_check_counts_check" ON "vedette_check_counts" ("organization_id", "source", "account_id", "check_id");

CREATE INDEX "idx_check_counts_scan" ON "vedette_check_counts" ("scan_id");

CREATE TABLE "vedette_credentials" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "kind" varchar(16) NOT NULL,
  "name" varchar(255) NOT NULL,
  "secret_sha256" varchar(64) NOT NULL,
  "scope" varchar(16) NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "created_by" varchar(255) NOT NULL,
  "expires_at" datetime(3) NULL,
  "last_used_at" datetime(3) NULL,
  "revoked_at" datetime(3) NULL, user_id integer NULL, method varchar(16) NULL, authenticated_at datetime(3) NULL
);

CREATE INDEX "idx_credentials_kind" ON "vedette_credentials" ("organization_id", "kind");

CREATE UNIQUE INDEX "uq_credentials_secret" ON "vedette_credentials" ("secret_sha256");

CREATE TABLE "vedette_event_counts" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "grain" varchar(16) NOT NULL,
  "account_id" varchar(64) NOT NULL,
  "source" varchar(32) NOT NULL,
  "service" varchar(64) NOT NULL,
  "check_id" varchar(255) NOT NULL,
  "level" varchar(16) NOT NULL,
  "region" varchar(64) NOT NULL,
  "status" varchar(16) NOT NULL,
  "events" integer NOT NULL
);

CREATE INDEX "idx_event_counts_account" ON "vedette_event_counts" ("organization_id", "grain", "account_id", "source", "service", "check_id", "level", "region", "status");

CREATE INDEX "idx_event_counts_check" ON "vedette_event_counts" ("organization_id", "grain", "check_id", "service", "level", "status", "account_id", "source", "region", "events");

CREATE INDEX "idx_event_counts_region" ON "vedette_event_counts" ("organization_id", "grain", "region", "service", "level", "status", "account_id", "source", "events");

CREATE TABLE "vedette_factors" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "user_id" integer NOT NULL,
  "kind" varchar(16) NOT NULL,
  "name" varchar(100) NOT NULL,
  "credential_sha256" varchar(64) NULL,
  "secret" text NOT NULL,
  "counter" integer NOT NULL DEFAULT 0,
  "last_used_at" datetime(3) NULL,
  CONSTRAINT "fk_factors_user" FOREIGN KEY ("user_id") REFERENCES "vedette_users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_factors_user" ON "vedette_factors" ("user_id");

CREATE UNIQUE INDEX "uq_factors_credential" ON "vedette_factors" ("credential_sha256");

CREATE TABLE "vedette_identities" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "user_id" integer NOT NULL,
  "provider" varchar(64) NOT NULL,
  "issuer" varchar(255) NOT NULL,
  "subject" varchar(255) NOT NULL,
  "email" varchar(254) NULL,
  "email_verified" boolean NOT NULL,
  "last_used_at" datetime(3) NULL,
  CONSTRAINT "fk_identities_user" FOREIGN KEY ("user_id") REFERENCES "vedette_users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_identities_user" ON "vedette_identities" ("user_id");

CREATE UNIQUE INDEX "uq_identities_subject" ON "vedette_identities" ("issuer", "subject");

CREATE TABLE "vedette_invitations" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "created_by" varchar(255) NOT NULL,
  "email" varchar(254) NOT NULL,
  "email_key" varchar(254) NOT NULL,
  "role" varchar(16) NOT NULL,
  "secret_sha256" varchar(64) NOT NULL,
  "open_key" varchar(254) NULL,
  "expires_at" datetime(3) NOT NULL,
  "sent_at" datetime(3) NULL,
  "accepted_at" datetime(3) NULL,
  "accepted_by" integer NULL,
  "ended_at" datetime(3) NULL,
  "ended_by" varchar(255) NULL
);

CREATE UNIQUE INDEX "uq_invitations_open" ON "vedette_invitations" ("organization_id", "open_key");

CREATE UNIQUE INDEX "uq_invitations_secret" ON "vedette_invitations" ("secret_sha256");

CREATE TABLE "vedette_memberships" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "created_by" varchar(255) NOT NULL,
  "user_id" integer NOT NULL,
  "role" varchar(16) NOT NULL,
  "origin" varchar(16) NOT NULL,
  CONSTRAINT "fk_memberships_user" FOREIGN KEY ("user_id") REFERENCES "vedette_users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_memberships_user" ON "vedette_memberships" ("user_id");

CREATE UNIQUE INDEX "uq_memberships_user" ON "vedette_memberships" ("organization_id", "user_id");

CREATE TABLE "vedette_metadata" (
  "type" varchar NOT NULL,
  "database" varchar,
  "schema" varchar,
  "table" varchar,
  "name" varchar,
  "value" text
);

CREATE TABLE "vedette_migrations" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "timestamp" bigint NOT NULL,
  "name" varchar NOT NULL
);

CREATE TABLE "vedette_notification_claims" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "account_id" varchar(64) NOT NULL,
  "source" varchar(32) NOT NULL,
  "scan_id" integer NOT NULL,
  "holder" varchar(36) NOT NULL,
  "renewals" integer NOT NULL
);

CREATE UNIQUE INDEX "uq_notification_claims_account" ON "vedette_notification_claims" ("organization_id", "account_id", "source");

CREATE TABLE "vedette_organization_settings" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "name" varchar(64) NOT NULL,
  "value" json NOT NULL,
  "updated_at" datetime(3) NOT NULL,
  "updated_by" varchar(255) NOT NULL
);

CREATE UNIQUE INDEX "uq_organization_settings" ON "vedette_organization_settings" ("organization_id", "name");

CREATE TABLE "vedette_organizations" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "name" varchar(100) NOT NULL,
  "external_id" varchar(64) NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "created_by" varchar(255) NOT NULL,
  "deleted_at" datetime(3) NULL
);

CREATE UNIQUE INDEX "uq_organizations_external" ON "vedette_organizations" ("external_id");

CREATE UNIQUE INDEX "uq_organizations_organization" ON "vedette_organizations" ("organization_id");

CREATE TABLE "vedette_projects" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "name" varchar(64) NOT NULL,
  "project_id" varchar(64) NOT NULL,
  "service_account" varchar(255) NULL,
  "created_at" datetime(3) NOT NULL,
  "created_by" varchar(255) NOT NULL,
  "checked_at" datetime(3) NULL,
  "problem" json NULL
);

CREATE UNIQUE INDEX "uq_projects_name" ON "vedette_projects" ("organization_id", "name");

CREATE TABLE "vedette_scan_failures" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "target_kind" varchar(16) NOT NULL,
  "target_name" varchar(255) NOT NULL,
  "source" varchar(32) NOT NULL,
  "run_id" varchar(255) NOT NULL,
  "stage" varchar(16) NOT NULL,
  "failure" json NOT NULL,
  "times" integer NOT NULL,
  "first_failed_at" datetime(3) NOT NULL,
  "last_failed_at" datetime(3) NOT NULL
);

CREATE UNIQUE INDEX "uq_scan_failures_target" ON "vedette_scan_failures" ("organization_id", "target_kind", "target_name", "source");

CREATE TABLE "vedette_sign_ins" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "provider" varchar(64) NOT NULL,
  "purpose" varchar(16) NOT NULL,
  "state_sha256" varchar(64) NOT NULL,
  "browser_sha256" varchar(64) NOT NULL,
  "nonce" varchar(128) NOT NULL,
  "code_verifier" varchar(128) NOT NULL,
  "return_to" text NOT NULL,
  "user_id" integer NULL,
  "expires_at" datetime(3) NOT NULL,
  CONSTRAINT "fk_sign_ins_user" FOREIGN KEY ("user_id") REFERENCES "vedette_users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_sign_ins_user" ON "vedette_sign_ins" ("user_id");

CREATE UNIQUE INDEX "uq_sign_ins_state" ON "vedette_sign_ins" ("state_sha256");

CREATE TABLE "vedette_stripe_events" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "event_id" varchar(255) NOT NULL,
  "type" varchar(100) NOT NULL,
  "handled_at" datetime(3) NULL
);

CREATE UNIQUE INDEX "uq_stripe_events_event" ON "vedette_stripe_events" ("event_id");

CREATE TABLE "vedette_subscriptions" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "tier" varchar(16) NOT NULL,
  "status" varchar(16) NOT NULL,
  "member_limit" integer NULL,
  "account_limit" integer NULL,
  "currency" varchar(3) NOT NULL,
  "price_pence" integer NULL,
  "stripe_customer_id" varchar(255) NULL,
  "stripe_subscription_id" varchar(255) NULL,
  "stripe_price_id" varchar(255) NULL,
  "period_end" datetime(3) NULL,
  "cancel_at" datetime(3) NULL,
  "grace_until" datetime(3) NULL,
  "source_at" datetime(3) NOT NULL
);

CREATE UNIQUE INDEX "uq_subscriptions_customer" ON "vedette_subscriptions" ("stripe_customer_id");

CREATE UNIQUE INDEX "uq_subscriptions_organization" ON "vedette_subscriptions" ("organization_id");

CREATE UNIQUE INDEX "uq_subscriptions_subscription" ON "vedette_subscriptions" ("stripe_subscription_id");

CREATE TABLE "vedette_suppressed_events" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "suppression_id" integer NOT NULL,
  "event_id" integer NOT NULL,
  "ended_at" datetime(3) NULL,
  "ended_by" varchar(255) NULL,
  CONSTRAINT "fk_suppressed_events_suppression" FOREIGN KEY ("suppression_id") REFERENCES "vedette_suppressions" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "fk_suppressed_events_event" FOREIGN KEY ("event_id") REFERENCES "scout_events" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_suppressed_events_event" ON "vedette_suppressed_events" ("event_id");

CREATE UNIQUE INDEX "uq_suppressed_events" ON "vedette_suppressed_events" ("suppression_id", "event_id");

CREATE TABLE "vedette_suppressions" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "reason" text NOT NULL,
  "owner" varchar(255) NULL,
  "expires_at" datetime(3) NULL,
  "created_at" datetime(3) NOT NULL,
  "created_by" varchar(255) NOT NULL,
  "ended_at" datetime(3) NULL,
  "ended_by" varchar(255) NULL, kind varchar(32) NOT NULL DEFAULT 'accepted-risk', rule_check_id varchar(255) NULL, rule_account_id varchar(64) NULL, rule_resource varchar(1024) NULL, rule_tag varchar(512) NULL, end_told_at datetime(3) NULL
);

CREATE INDEX "idx_suppressions_due" ON "vedette_suppressions" ("ended_at", "expires_at");

CREATE TABLE "vedette_told_events" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "organization_id" varchar(64) NOT NULL,
  "event_id" integer NOT NULL,
  "channel" varchar(16) NOT NULL,
  "times_reopened" integer NOT NULL,
  CONSTRAINT "fk_told_events_event" FOREIGN KEY ("event_id") REFERENCES "scout_events" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE UNIQUE INDEX "uq_told_events_channel" ON "vedette_told_events" ("event_id", "channel");

CREATE TABLE "vedette_user_codes" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "user_id" integer NOT NULL,
  "kind" varchar(16) NOT NULL,
  "secret_sha256" varchar(64) NOT NULL,
  "email" varchar(254) NULL,
  "expires_at" datetime(3) NOT NULL,
  "used_at" datetime(3) NULL,
  CONSTRAINT "fk_user_codes_user" FOREIGN KEY ("user_id") REFERENCES "vedette_users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "idx_user_codes_user" ON "vedette_user_codes" ("user_id");

CREATE UNIQUE INDEX "uq_user_codes_secret" ON "vedette_user_codes" ("secret_sha256");

CREATE TABLE "vedette_users" (
  "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
  "created_at" datetime(3) NOT NULL,
  "email" varchar(254) NOT NULL,
  "email_key" varchar(254) NOT NULL,
  "email_verified_at" datetime(3) NULL,
  "name" varchar(100) NOT NULL,
  "password_hash" varchar(255) NULL,
  "password_changed_at" datetime(3) NULL,
  "failed_sign_ins" integer NOT NULL DEFAULT 0,
  "next_sign_in_at" datetime(3) NULL,
  "operator" boolean NOT NULL DEFAULT 0,
  "last_sign_in_at" datetime(3) NULL,
  "disabled_at" datetime(3) NULL
);

CREATE UNIQUE INDEX "uq_users_email" ON "vedette_users" ("email_key");
