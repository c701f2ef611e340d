import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf, pass } from '../../../catalogue.ts';

export const secretRotationFailing = defineCheck({
  id: 'secret-rotation-failing',
  title: 'Rotation that is on has worked',
  service: 'secretsmanager',
  depth: 'standard',
  level: 'medium',
  category: 'secrets',
  resourceType: 'AWS::SecretsManager::Secret',
  failsWhen:
    'RotationEnabled is true, and NextRotationDate lies in the past, or LastRotatedDate is older than AutomaticallyAfterDays (or absent after that time).',
  remediation: "Read the rotation function's logs, repair it, rotate.",
  command: 'aws secretsmanager rotate-secret --secret-id SECRET',
  on: 'secrets-manager:ListSecrets',
  judge({ rotates, rotatesAfterDays, createdAt, lastRotated, nextRotation }, { now }) {
    if (!rotates) return pass({ rotates });
    const since = lastRotated ?? createdAt;
    const isOverdue = nextRotation !== null && Date.parse(nextRotation) < now;
    const isLate = rotatesAfterDays !== null && since !== null && daysSince(since, now) > rotatesAfterDays;
    return failIf(isOverdue || isLate, { rotatesAfterDays, lastRotated, nextRotation });
  },
});
