import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf } from '../../../catalogue.ts';

export const secretRotatedRecently = defineCheck({
  id: 'secret-rotated-recently',
  title: 'Secret was rotated in the last 90 days',
  service: 'secretsmanager',
  depth: 'standard',
  level: 'medium',
  category: 'secrets',
  resourceType: 'AWS::SecretsManager::Secret',
  failsWhen:
    'LastRotatedDate is absent or lies more than max_days back. Secrets created within max_days and not yet rotated pass.',
  remediation: 'Rotate it now.',
  command: 'aws secretsmanager rotate-secret --secret-id SECRET',
  parameters: { max_days: 90 },
  on: 'secrets-manager:ListSecrets',
  judge({ createdAt, lastRotated }, { now, parameters }) {
    const since = lastRotated ?? createdAt;
    return failIf(since === null || daysSince(since, now) > parameters.max_days, { createdAt, lastRotated });
  },
});
