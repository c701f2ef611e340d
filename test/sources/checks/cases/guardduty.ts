import type { DetectorSettings } from '../../../../src/sources/checks/services/guardduty/collect.ts';
import type { Case, Cases } from './case.ts';

const detector = (
  what: string,
  more: Partial<DetectorSettings> & { findings?: string[]; relationship?: string; hasMembers?: boolean },
  ...says: string[]
): Case => {
  const { findings = [], relationship = null, hasMembers = false, ...settings } = more;
  return {
    what,
    answers: {
      'guardduty:ListDetectors': [{ id: 'd', detectorId: 'd' }],
      'guardduty:GetDetector': { d: { enabled: true, features: [], ...settings } },
      'guardduty:ListFindings': { d: findings },
      'guardduty:GetAdministratorAccount': { d: { relationship } },
      'guardduty:ListMembers': { d: { hasMembers } },
    },
    says,
  };
};
const feature = (...names: string[]): Case[] => [
  ...names.map((name) => detector(name, { features: ['OTHER', name] }, 'pass')),
  detector('another', { features: ['OTHER'] }, 'fail'),
  detector('off as a whole', { enabled: false, features: names }),
];

export const guarddutyCases: Cases = {
  'guardduty-on': [
    { what: 'no detector', answers: {}, says: ['fail'] },
    detector('on', {}, 'pass'),
    detector('off', { enabled: false }, 'fail'),
  ],
  'guardduty-s3': feature('S3_DATA_EVENTS'),
  'guardduty-eks-audit': feature('EKS_AUDIT_LOGS'),
  'guardduty-runtime': feature('RUNTIME_MONITORING', 'EKS_RUNTIME_MONITORING'),
  'guardduty-lambda': feature('LAMBDA_NETWORK_LOGS'),
  'guardduty-rds': feature('RDS_LOGIN_EVENTS'),
  'guardduty-malware': feature('EBS_MALWARE_PROTECTION'),
  'guardduty-open-findings': [
    detector('none', {}, 'pass'),
    detector('one', { findings: ['f'] }, 'fail'),
    detector('off', { enabled: false, findings: ['f'] }),
  ],
  'guardduty-central': [
    detector('alone', {}, 'fail'),
    detector('a member', { relationship: 'Enabled' }, 'pass'),
    detector('invited', { relationship: 'Invited' }, 'fail'),
    detector('the administrator', { hasMembers: true }, 'pass'),
  ],
};
