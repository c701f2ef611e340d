import { defineCheck, failIf } from '../../../catalogue.ts';

export const iamUserHardwareMfa = defineCheck({
  id: 'iam-user-hardware-mfa',
  title: 'Console users use hardware MFA',
  service: 'iam',
  depth: 'deep',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::User',
  failsWhen:
    'A user with a console password has no MFA device, or one that is virtual (serial number with :mfa/) or SMS. Security keys (:u2f/) and hardware tokens (a serial without ARN) pass; users without console password get no verdict.',
  remediation: 'Give the user a FIDO2 key and remove the virtual device.',
  command: 'aws iam deactivate-mfa-device --user-name USER --serial-number SERIAL',
  on: 'iam:GetCredentialReport',
  needs: ['iam:ListMFADevices'],
  judge({ isRoot, passwordEnabled }, { detail }) {
    if (isRoot || !passwordEnabled) return null;
    const devices = detail('iam:ListMFADevices') ?? [];
    return failIf(devices.length === 0 || devices.some(isVirtual), { devices });
  },
});

/** An app on a phone, or a phone; a security key has `:u2f/` in its ARN, and a token a number only. */
function isVirtual(serial: string): boolean {
  return serial.includes(':mfa/') || serial.includes(':sms-mfa/');
}
