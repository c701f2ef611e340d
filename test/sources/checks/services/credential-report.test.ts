import { describe, expect, it } from '@jest/globals';
import { parseCredentialReport } from '../../../../src/sources/checks/services/iam/credential-report.ts';

const HEAD = 'user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,cert_1_active';
const rowOf = (user: string, arn: string) =>
  parseCredentialReport(`${HEAD}\n${user},${arn},2026-01-02T03:04:05+00:00,true,false,true,true\n`)[0];

describe('the credential report', () => {
  it.each([
    ['ann', 'arn:aws:iam::111111111111:user/ann'],
    ['Doe,John', 'arn:aws:iam::111111111111:user/Doe,John'],
    ['a,arn,b', 'arn:aws:iam::111111111111:user/x,y/a,arn,b'],
    ['<root_account>', 'arn:aws:iam::111111111111:root'],
  ])('tells of %s what is behind its name', (user, arn) => {
    expect(rowOf(user, arn)).toMatchObject({
      id: arn,
      name: user,
      createdAt: '2026-01-02T03:04:05.000Z',
      passwordEnabled: true,
      mfaActive: false,
      activeCertificates: 1,
    });
  });
});
