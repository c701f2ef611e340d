import { defineCheck, failIf } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { DeliverySource } from '../collect.ts';

const sourcesOf = grouped(({ resourceArns }: DeliverySource) => resourceArns);

export const cloudfrontLogging = defineCheck({
  id: 'cloudfront-logging',
  title: 'Standard logging is on',
  service: 'cloudfront',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen:
    'Neither standard logging (Logging.Enabled), nor a delivery source of CloudWatch Logs for the distribution (standard logging v2), nor a real-time log configuration of the default behaviour is on.',
  remediation: 'Turn standard logging on.',
  command:
    'aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json',
  on: 'cloudfront:ListDistributions',
  needs: ['cloudfront:GetDistributionConfig', 'cloudwatch-logs:DescribeDeliverySources'],
  judge({ id, realTimeLogs }, { detail, list }) {
    const standard = detail('cloudfront:GetDistributionConfig')?.logsEnabled ?? false;
    const delivered = sourcesOf(list('cloudwatch-logs:DescribeDeliverySources'), id).length > 0;
    return failIf(!standard && !delivered && !realTimeLogs, { standard, delivered, realTimeLogs });
  },
});
