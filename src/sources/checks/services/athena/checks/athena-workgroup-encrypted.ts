import { defineCheck, failIf } from '../../../catalogue.ts';

export const athenaWorkgroupEncrypted = defineCheck({
  id: 'athena-workgroup-encrypted',
  title: 'Query results are encrypted',
  service: 'athena',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::Athena::WorkGroup',
  failsWhen:
    "The workgroup's ResultConfiguration has no encryption and no managed results with a key. DISABLED workgroups get no verdict.",
  remediation: 'Encrypt results.',
  command: 'aws athena update-work-group --work-group NAME --configuration-updates file://updates.json',
  on: 'athena:ListWorkGroups',
  needs: ['athena:GetWorkGroup'],
  judge({ state }, { detail }) {
    if (state === 'DISABLED') return null;
    const encryption = detail('athena:GetWorkGroup')?.encryption ?? null;
    return failIf(encryption === null, { encryption });
  },
});
