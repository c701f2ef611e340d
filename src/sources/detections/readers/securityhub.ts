import { mapWatched, merged, ofConfigRule, ofSecurityHubControl } from '../../../coverage/mapping/native.ts';
import type { Detection, HealthReason } from '../../../model/coverage.ts';
import type { Account, Found } from '../account.ts';
import { broken, healthOf } from '../reasons.ts';
import { reasonsOfRecorder } from './config.ts';

/** Controls of the enabled standards of Security Hub; one that several standards have stands there once. */
export function securityhubDetections(account: Account): Detection[] {
  return account.regions.flatMap((region) => {
    const [hub] = account.list('securityhub:DescribeHub', region) ?? [];
    if (hub === undefined) return [];
    const recorder = reasonsOfRecorder(account, region);
    const byControl = new Map<string, Detection>();
    for (const standard of account.list('securityhub:GetEnabledStandards', region) ?? []) {
      for (const control of standard.detail('securityhub:DescribeStandardsControls') ?? []) {
        const reasons = [...reasonsOf(standard), ...recorder];
        if (!control.enabled) {
          reasons.push(
            broken('control-disabled', 'securityhub:DescribeStandardsControls: ControlStatus DISABLED'),
          );
        }
        const known = byControl.get(control.id);
        if (known !== undefined && known.health === 'healthy') continue;
        byControl.set(control.id, {
          id: `${hub.item.id}#${control.id}`,
          kind: 'securityhub-control',
          name: `${control.id} ${control.title}`,
          region,
          health: healthOf(reasons),
          reasons,
          isPosture: true,
          sees: [region],
          ...mappedControl(control.id),
        });
      }
    }
    return [...byControl.values()];
  });
}

function reasonsOf({ item }: Found<'securityhub:GetEnabledStandards'>): HealthReason[] {
  return item.status === 'READY'
    ? []
    : [broken('standard-not-ready', `securityhub:GetEnabledStandards: StandardsStatus ${item.status}`)];
}

function mappedControl(control: string) {
  const service = SERVICES[control.split('.')[0] ?? ''];
  const nothing = mapWatched('aws', { events: [], findings: [], needsTrail: false });
  const mapped = merged([nothing, ofSecurityHubControl(control), ofConfigRule(control, [])]);
  return service === undefined ? mapped : { ...mapped, targetServices: [service] };
}

/** How Security Hub begins the ids of the controls of a service. */
const SERVICES: Readonly<Record<string, string>> = {
  CloudTrail: 'CloudTrail',
  Config: 'Config',
  DynamoDB: 'DynamoDB',
  EC2: 'EC2',
  ECR: 'ECR',
  ECS: 'ECS',
  EFS: 'EFS',
  EKS: 'EKS',
  ElastiCache: 'ElastiCache',
  GuardDuty: 'GuardDuty',
  IAM: 'IAM',
  KMS: 'KMS',
  Lambda: 'Lambda',
  RDS: 'RDS',
  Redshift: 'Redshift',
  S3: 'S3',
  SNS: 'SNS',
  SQS: 'SQS',
  SSM: 'SSM',
  SecretsManager: 'SecretsManager',
};
