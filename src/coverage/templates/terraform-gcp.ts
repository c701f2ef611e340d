import type { GcpWatch } from './declaration.ts';
import { headerOf, slugOf } from './header.ts';
import type { NamedDeclaration } from './header.ts';
import { loggingFilterOf } from './pattern.ts';

/** Logs of Google Workspace, which come to the organisation, not to a project. */
const OF_WORKSPACE = ['login.googleapis.com', 'admin.googleapis.com'];
const SEVERITIES = {
  critical: 'CRITICAL',
  high: 'ERROR',
  medium: 'WARNING',
  low: 'WARNING',
  info: 'WARNING',
} as const;

/** Terraform that tells somebody by e-mail whenever one of the methods is called. */
export function terraformOfGcp(declaration: NamedDeclaration & { gcp: readonly GcpWatch[] }): string {
  const { technique, name, severity, why, gcp } = declaration;
  const filter = loggingFilterOf(gcp);
  const data = gcp.filter(({ dataAccess }) => dataAccess === true).map(({ service }) => service);
  const ofWorkspace = gcp.some(({ service }) => OF_WORKSPACE.includes(service));
  const header = headerOf(declaration, [
    data.length === 0
      ? 'Cost: log-based alerts and Admin Activity logs are free.'
      : 'Cost: Data Access logs cost 0.50 USD a GiB beyond the first 50 GiB a month.',
    ...(ofWorkspace
      ? [
          'Needs: logs of Google Workspace shared with Google Cloud, routed to this project by a sink of the organisation.',
        ]
      : []),
    `More: https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`,
    '',
    'The same as a query in the Logs Explorer:',
    ...filter.map((line) => `  ${line}`),
  ]);
  return `${header.join('\n')}

variable "project_id" {
  description = "The project whose logs are watched."
  type        = string
}

variable "name_prefix" {
  description = "Beginning of the names of all resources."
  type        = string
  default     = "vedette-${slugOf(technique)}"
}

variable "alert_email" {
  description = "Who is told."
  type        = string
}

# Step 1: who is told.

resource "google_monitoring_notification_channel" "email" {
  project      = var.project_id
  display_name = "\${var.name_prefix} e-mail"
  type         = "email"
  labels       = { email_address = var.alert_email }
}

# Step 2: what is logged.${
    data.length === 0
      ? ' These methods are in Admin Activity logs, which are always on: nothing is to be done.\n'
      : `\n${[...new Set(data)]
          .map(
            (service) => `
resource "google_project_iam_audit_config" "${service.replaceAll(/\W/g, '_')}" {
  project = var.project_id
  service = "${service}"

  audit_log_config {
    log_type = "ADMIN_READ"
  }

  audit_log_config {
    log_type = "DATA_READ"
  }

  audit_log_config {
    log_type = "DATA_WRITE"
  }
}
`,
          )
          .join('')}`
  }
# Step 3: what is watched, and told.

resource "google_monitoring_alert_policy" "detection" {
  project               = var.project_id
  display_name          = "\${var.name_prefix} detection"
  combiner              = "OR"
  severity              = "${SEVERITIES[severity]}"
  notification_channels = [google_monitoring_notification_channel.email.name]

  conditions {
    display_name = ${JSON.stringify(`ATT&CK ${technique} ${name}`)}

    condition_matched_log {
      filter = <<-EOT
${filter.map((line) => `        ${line}`).join('\n')}
      EOT
    }
  }

  alert_strategy {
    auto_close = "1800s"

    notification_rate_limit {
      period = "300s"
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = ${JSON.stringify(`ATT&CK ${technique} ${name}: ${why}`)}
  }
}
`;
}
