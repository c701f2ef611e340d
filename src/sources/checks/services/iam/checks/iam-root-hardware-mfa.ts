import { defineCheck, failIf } from '../../../catalogue.ts';
import { canSignIn, isOfRoot, rootIn } from '../root.ts';

export const iamRootHardwareMfa = defineCheck({
  id: 'iam-root-hardware-mfa',
  title: 'Root MFA is a hardware device',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Root',
  failsWhen:
    'Root MFA is off, or the MFA device of root is a virtual one (a virtual device whose user is …:root or whose serial ends in root-account-mfa-device). No verdict where root has neither password nor key; only in the aws partition.',
  remediation: 'Register a FIDO2 security key or a hardware token for root and remove the virtual device.',
  on: 'iam:GetAccountSummary',
  needs: ['iam:ListVirtualMFADevices', 'iam:GetCredentialReport'],
  judge({ id, rootMfaEnabled, rootAccessKeys }, { list }) {
    if (!id.startsWith('arn:aws:')) return null;
    if (rootAccessKeys === 0 && !canSignIn(rootIn(list('iam:GetCredentialReport')))) return null;
    const device = list('iam:ListVirtualMFADevices').find(isOfRoot);
    return failIf(!rootMfaEnabled || device !== undefined, {
      mfa: rootMfaEnabled,
      virtualDevice: device?.id ?? null,
    });
  },
});
