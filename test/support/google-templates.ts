import type { Answers } from './google-stand-in.ts';

const FILTER = /filter = <<-EOT\n([\s\S]*?)\n\s*EOT/;
const AUDIT_CONFIG = /resource "google_project_iam_audit_config" "\w+" \{([\s\S]*?)\n\}/g;
const PREFIX = /variable "name_prefix" \{[^}]*default\s*= "([^"]+)"/;

/** What Google would answer of a project in which templates of Terraform are deployed, with their own names. */
export function deployedInProject(project: string, templates: readonly string[]): Answers {
  const channel = `projects/${project}/notificationChannels/mail`;
  const policies = templates.map((text, index) => {
    const [, filter] = FILTER.exec(text) ?? [];
    const [, prefix] = PREFIX.exec(text) ?? [];
    if (filter === undefined || prefix === undefined)
      throw new Error('the template has no filter or no name');
    if (!text.includes('notification_channels = [google_monitoring_notification_channel.email.name]')) {
      throw new Error(`${prefix} tells nobody`);
    }
    return {
      name: `projects/${project}/alertPolicies/${index}`,
      displayName: `${prefix} detection`,
      enabled: true,
      notificationChannels: [channel],
      conditions: [{ displayName: prefix, conditionMatchedLog: { filter } }],
    };
  });
  const auditConfigs = templates.flatMap((text) =>
    [...text.matchAll(AUDIT_CONFIG)].map(([, body = '']) => ({
      service: /service = "([^"]+)"/.exec(body)?.[1],
      auditLogConfigs: [...body.matchAll(/log_type = "(\w+)"/g)].map(([, logType]) => ({ logType })),
    })),
  );
  return {
    [`/v3/projects/${project}/alertPolicies`]: { alertPolicies: policies },
    [`/v3/projects/${project}/notificationChannels`]: {
      notificationChannels: [{ name: channel, type: 'email', enabled: true }],
    },
    [`/v3/projects/${project}`]: { name: `projects/${project}`, projectId: project },
    [`/v3/projects/${project}:getIamPolicy`]: { auditConfigs },
  };
}
