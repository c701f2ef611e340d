import { defineCheck, failIf } from '../../../catalogue.ts';

export const iamRootCentralManagement = defineCheck({
  id: 'iam-root-central-management',
  title: 'Root credentials of members are managed centrally',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'governance',
  resourceType: 'AWS::Organizations::Organization',
  failsWhen:
    'The account belongs to an organisation and RootCredentialsManagement is not among the enabled features, or IAM has no trusted access to the organisation. No organisation gives no verdict; the call is answered only in the management or a delegated account, elsewhere it is unknown.',
  remediation: 'Enable central management of root credentials from the management account.',
  command: 'aws iam enable-organizations-root-credentials-management',
  on: 'organizations:DescribeOrganization',
  needs: ['iam:ListOrganizationsFeatures'],
  judge({ exists }, { list }) {
    if (!exists) return null;
    const [organisation] = list('iam:ListOrganizationsFeatures');
    const features = organisation?.features ?? [];
    return failIf(!features.includes('RootCredentialsManagement'), { features });
  },
});
