import { defineCheck, failIf } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { QueryLogging } from '../collect.ts';

const loggingOf = grouped(({ zoneId }: QueryLogging) => zoneId);

export const route53QueryLogging = defineCheck({
  id: 'route53-query-logging',
  title: 'Public zones log queries',
  service: 'route53',
  depth: 'deep',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::Route53::HostedZone',
  failsWhen: 'A public zone has no query logging configuration. Private zones get no verdict.',
  remediation: 'Log queries to a group of us-east-1.',
  command:
    'aws route53 create-query-logging-config --hosted-zone-id ZONE --cloud-watch-logs-log-group-arn GROUP',
  on: 'route-53:ListHostedZones',
  needs: ['route-53:ListQueryLoggingConfigs'],
  judge({ isPrivate, zoneId }, { list }) {
    if (isPrivate) return null;
    return failIf(loggingOf(list('route-53:ListQueryLoggingConfigs'), zoneId).length === 0);
  },
});
