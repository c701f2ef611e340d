import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf } from '../../../catalogue.ts';

export const secretUnused = defineCheck({
  id: 'secret-unused',
  title: 'Secret is in use',
  service: 'secretsmanager',
  depth: 'deep',
  level: 'low',
  category: 'secrets',
  resourceType: 'AWS::SecretsManager::Secret',
  failsWhen:
    'LastAccessedDate lies more than max_days back, or is absent and the secret is older than max_days.',
  remediation: 'Delete it, with a window to restore.',
  command: 'aws secretsmanager delete-secret --secret-id SECRET --recovery-window-in-days 30',
  parameters: { max_days: 90 },
  on: 'secrets-manager:ListSecrets',
  judge({ createdAt, lastAccessed }, { now, parameters }) {
    const since = lastAccessed ?? createdAt;
    return failIf(since !== null && daysSince(since, now) > parameters.max_days, { createdAt, lastAccessed });
  },
});
