import { defineCheck, failIf } from '../../../catalogue.ts';

export const ssmPatchCompliance = defineCheck({
  id: 'ssm-patch-compliance',
  title: 'Managed instances are patched',
  service: 'ssm',
  depth: 'standard',
  level: 'high',
  category: 'vuln',
  resourceType: 'AWS::SSM::ManagedInstance',
  failsWhen:
    'The newest Patch compliance summary of a managed instance is not COMPLIANT. Instances without a summary get no verdict.',
  remediation: 'Install the missing patches in a maintenance window.',
  command:
    'aws ssm send-command --document-name AWS-RunPatchBaseline --targets Key=InstanceIds,Values=INSTANCE --parameters Operation=Install',
  on: 'ssm:ListResourceComplianceSummaries',
  judge({ status, severity }) {
    return failIf(status !== 'COMPLIANT', { status, severity });
  },
});
