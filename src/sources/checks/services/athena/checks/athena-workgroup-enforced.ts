import { defineCheck, failIf } from '../../../catalogue.ts';

export const athenaWorkgroupEnforced = defineCheck({
  id: 'athena-workgroup-enforced',
  title: 'Workgroup settings are enforced',
  service: 'athena',
  depth: 'deep',
  level: 'medium',
  category: 'governance',
  resourceType: 'AWS::Athena::WorkGroup',
  failsWhen: 'EnforceWorkGroupConfiguration is false. DISABLED workgroups get no verdict.',
  remediation: "Enforce the workgroup's settings.",
  command:
    'aws athena update-work-group --work-group NAME --configuration-updates EnforceWorkGroupConfiguration=true',
  on: 'athena:ListWorkGroups',
  needs: ['athena:GetWorkGroup'],
  judge({ state }, { detail }) {
    return state === 'DISABLED' ? null : failIf(detail('athena:GetWorkGroup')?.enforced !== true);
  },
});
