import { defineCheck, failIf } from '../../../catalogue.ts';

export const guarddutyOpenFindings = defineCheck({
  id: 'guardduty-open-findings',
  title: 'No high-severity finding is open',
  service: 'guardduty',
  depth: 'standard',
  level: 'high',
  category: 'detection',
  resourceType: 'AWS::GuardDuty::Finding',
  failsWhen:
    'The detector has a finding that is not archived with a severity of at least 7. No enabled detector, no verdict.',
  remediation: 'Investigate each finding; archive it when it is settled.',
  command: 'aws guardduty archive-findings --detector-id DETECTOR --finding-ids FINDING',
  on: 'guardduty:ListDetectors',
  needs: ['guardduty:GetDetector', 'guardduty:ListFindings'],
  judge(_, { detail }) {
    if (detail('guardduty:GetDetector')?.enabled !== true) return null;
    const findings = detail('guardduty:ListFindings') ?? [];
    return failIf(findings.length > 0, { findings });
  },
});
