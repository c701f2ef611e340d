import type { Framework } from '../framework.ts';

export const nist80053R5: Framework = {
  id: 'nist-800-53-r5',
  name: 'NIST SP 800-53',
  version: 'Revision 5',
  checks: {
    'account-security-contact': 'CM-2 CM-8',
    'cloudtrail-bucket-public': 'AC-3 AC-4 SC-7',
    'cloudtrail-kms': 'AU-9(3) CM-6(a) CM-9(b) CP-9(d) SC-13(a) SC-28(1) SC-8(3) SC-8(4) SI-19(4)',
    'cloudtrail-multi-region':
      'AC-2(4) AC-3(1) AC-3(10) AC-4(26) AC-6(9) AU-10 AU-12(1) AU-12(2) AU-12(3) AU-12(4) AU-12(a) AU-12(c) AU-14(3) AU-14(a) AU-14(b) AU-2(b) AU-3(1) AU-3(a) AU-3(b) AU-3(c) AU-3(d) AU-3(e) AU-3(f) AU-6(3) AU-6(4) AU-6(6) AU-6(9) AU-8(b) CA-7(b) CM-5(1)(b) CM-6(a) CM-9(b) IA-3(3)(b) MA-4(1)(a) PM-14(a)(1) PM-14(b) PM-31 SC-7(9)(b) SI-1(1)(c) SI-10(1)(c) SI-3(8)(b) SI-4(17) SI-4(2) SI-4(20) SI-7(8)',
    'cloudtrail-validation':
      'AU-9(a) CM-6(a) CM-9(b) PM-11(b) PM-17(b) SA-1(1) SA-10(1) SC-16(1) SI-1(a)(2) SI-4(d) SI-7(1) SI-7(3) SI-7(7) SI-7(a)',
    'ec2-ami-public': 'AC-3 AC-4 SC-7',
    'ec2-ebs-default-encryption':
      'AU-9(3) CM-6(a) CM-9(b) CP-9(d) SC-13(a) SC-28(1) SC-8(3) SC-8(4) SI-19(4)',
    'ec2-ebs-snapshot-public':
      'AC-17(1) AC-17(10) AC-17(4)(a) AC-17(9) AC-17(b) AC-2(6) AC-3 AC-3(7) AC-4(21) AC-6 MP-2 SC-25 SC-7(11) SC-7(12) SC-7(16) SC-7(2) SC-7(20) SC-7(21) SC-7(24)(b) SC-7(25) SC-7(26) SC-7(27) SC-7(28) SC-7(3) SC-7(7) SC-7(9)(a) SC-7(a) SC-7(b) SC-7(c)',
    'ec2-ebs-volume-encrypted': 'AU-9(3) CM-6(a) CM-9(b) CP-9(d) SC-13(a) SC-28(1) SC-8(3) SC-8(4) SI-19(4)',
    'ec2-instance-admin-port-exposed': 'AC-3 AC-4 SC-7',
    'ec2-instance-data-port-exposed': 'AC-3 AC-4 SC-7',
    'ec2-instance-imdsv2':
      'AC-2(6) AC-24 AC-3 AC-3(12)(a) AC-3(13) AC-3(15)(a) AC-3(15)(b) AC-3(3) AC-3(3)(a) AC-3(3)(b)(1) AC-3(3)(b)(2) AC-3(3)(b)(3) AC-3(3)(b)(4) AC-3(3)(b)(5) AC-3(3)(c) AC-3(4) AC-3(4)(a) AC-3(4)(b) AC-3(4)(c) AC-3(4)(d) AC-3(4)(e) AC-3(7) AC-3(8) AC-4(28) AC-6 CM-5(1)(a) MP-2 SC-23(3)',
    'ec2-instance-public-ip':
      'AC-17(1) AC-17(10) AC-17(4)(a) AC-17(9) AC-17(b) AC-2(6) AC-3 AC-3(7) AC-4(21) AC-6 MP-2 SC-25 SC-7(11) SC-7(12) SC-7(16) SC-7(2) SC-7(20) SC-7(21) SC-7(24)(b) SC-7(25) SC-7(26) SC-7(27) SC-7(28) SC-7(3) SC-7(7) SC-7(9)(a) SC-7(a) SC-7(b) SC-7(c)',
    'ec2-sg-default-has-rules':
      'AC-17(1) AC-17(10) AC-17(4)(a) AC-17(9) AC-17(b) AC-4(21) CM-6(a) CM-9(b) SC-7(11) SC-7(12) SC-7(16) SC-7(21) SC-7(24)(b) SC-7(25) SC-7(26) SC-7(27) SC-7(28) SC-7(5) SC-7(7) SC-7(a) SC-7(c)',
    'ec2-sg-open-all': 'AC-3 AC-4 SC-7',
    'ec2-sg-open-high-risk-ports': 'AC-3 AC-4 SC-7',
    'ec2-sg-open-rdp': 'AC-3 AC-4 SC-7',
    'ec2-sg-open-ssh':
      'AC-17(1) AC-17(10) AC-17(9) AC-17(b) CM-9(b) SC-7(11) SC-7(12) SC-7(16) SC-7(21) SC-7(24)(b) SC-7(25) SC-7(26) SC-7(27) SC-7(28) SC-7(7) SC-7(a) SC-7(c)',
    'iam-access-key-rotation':
      'AC-2(1) AC-24 AC-3(12)(a) AC-3(13) AC-3(15)(a) AC-3(15)(b) AC-3(3) AC-3(3)(a) AC-3(3)(b)(1) AC-3(3)(b)(2) AC-3(3)(b)(3) AC-3(3)(b)(4) AC-3(3)(b)(5) AC-3(3)(c) AC-3(4) AC-3(4)(a) AC-3(4)(b) AC-3(4)(c) AC-3(4)(d) AC-3(4)(e) AC-3(8) AC-4(28) CM-5(1)(a) CM-6(a) CM-9(b) SC-23(3)',
    'iam-inline-full-admin':
      'AC-2(1) AC-2(6) AC-2(i)(2) AC-24 AC-3 AC-3(12)(a) AC-3(13) AC-3(15)(a) AC-3(15)(b) AC-3(3) AC-3(3)(a) AC-3(3)(b)(1) AC-3(3)(b)(2) AC-3(3)(b)(3) AC-3(3)(b)(4) AC-3(3)(b)(5) AC-3(3)(c) AC-3(4) AC-3(4)(a) AC-3(4)(b) AC-3(4)(c) AC-3(4)(d) AC-3(4)(e) AC-3(7) AC-3(8) AC-4(28) AC-5(b) AC-6 AC-6(10) AC-6(2) AC-6(3) CM-5(1)(a) CM-6(a) CM-9(b) MP-2 SC-23(3) SC-25',
    'iam-password-lowercase': 'AC-2 AC-3 AC-6',
    'iam-password-min-length':
      'AC-2(1) AC-2(3) AC-2(3)(a) AC-2(3)(b) AC-2(3)(c) AC-2(3)(d) AC-2(d)(1) AC-24 AC-3(12)(a) AC-3(13) AC-3(15)(a) AC-3(15)(b) AC-3(3) AC-3(3)(a) AC-3(3)(b)(1) AC-3(3)(b)(2) AC-3(3)(b)(3) AC-3(3)(b)(4) AC-3(3)(b)(5) AC-3(3)(c) AC-3(4) AC-3(4)(a) AC-3(4)(b) AC-3(4)(c) AC-3(4)(d) AC-3(4)(e) AC-3(8) AC-4(28) AC-7(4) AC-7(4)(a) CM-12(b) CM-5(1)(a) CM-6(a) CM-9(b) IA-4(d) IA-5 IA-5(1)(f) IA-5(1)(g) IA-5(1)(h) IA-5(18)(a) IA-5(18)(b) IA-5(b) IA-5(c) IA-5(d) IA-5(f) IA-5(h) IA-8(2)(b) MA-4(c) SC-23(3)',
    'iam-password-number': 'AC-2 AC-3 AC-6',
    'iam-password-reuse': 'AC-2 AC-3 AC-6',
    'iam-password-symbol': 'AC-2 AC-3 AC-6',
    'iam-password-uppercase': 'AC-2 AC-3 AC-6',
    'iam-policy-full-admin':
      'AC-2(1) AC-2(6) AC-2(i)(2) AC-24 AC-3 AC-3(12)(a) AC-3(13) AC-3(15)(a) AC-3(15)(b) AC-3(3) AC-3(3)(a) AC-3(3)(b)(1) AC-3(3)(b)(2) AC-3(3)(b)(3) AC-3(3)(b)(4) AC-3(3)(b)(5) AC-3(3)(c) AC-3(4) AC-3(4)(a) AC-3(4)(b) AC-3(4)(c) AC-3(4)(d) AC-3(4)(e) AC-3(7) AC-3(8) AC-4(28) AC-5(b) AC-6 AC-6(10) AC-6(2) AC-6(3) CM-5(1)(a) CM-6(a) CM-9(b) MP-2 SC-23(3) SC-25',
    'iam-role-trust-anyone': 'AC-3 AC-4 SC-7',
    'iam-root-access-keys':
      'AC-2(1) AC-2(6) AC-24 AC-3(12)(a) AC-3(13) AC-3(15)(a) AC-3(15)(b) AC-3(3) AC-3(3)(a) AC-3(3)(b)(1) AC-3(3)(b)(2) AC-3(3)(b)(3) AC-3(3)(b)(4) AC-3(3)(b)(5) AC-3(3)(c) AC-3(4) AC-3(4)(a) AC-3(4)(b) AC-3(4)(c) AC-3(4)(d) AC-3(4)(e) AC-3(7) AC-3(8) AC-4(28) AC-6 AC-6(10) AC-6(2) CM-5(1)(a) CM-6(a) CM-9(b) IA-2 IA-4(4) IA-4(8) IA-4(b) IA-5(8) MP-2 SC-23(3) SC-25',
    'iam-root-mfa':
      'AC-2(1) AC-24 AC-3(12)(a) AC-3(13) AC-3(15)(a) AC-3(15)(b) AC-3(2) AC-3(3) AC-3(3)(a) AC-3(3)(b)(1) AC-3(3)(b)(2) AC-3(3)(b)(3) AC-3(3)(b)(4) AC-3(3)(b)(5) AC-3(3)(c) AC-3(4) AC-3(4)(a) AC-3(4)(b) AC-3(4)(c) AC-3(4)(d) AC-3(4)(e) AC-3(8) AC-4(28) AC-7(4) AC-7(4)(a) CM-6(a) CM-9(b) IA-2(1) IA-2(2) IA-2(6) IA-2(6)(a) IA-2(8) SC-23(3)',
    'iam-root-recent-use': 'AC-2 AC-3 AC-6',
    'iam-user-administrator': 'AC-2 AC-3 AC-6',
    'iam-user-console-mfa':
      'AC-2(1) AC-24 AC-3(12)(a) AC-3(13) AC-3(15)(a) AC-3(15)(b) AC-3(2) AC-3(3) AC-3(3)(a) AC-3(3)(b)(1) AC-3(3)(b)(2) AC-3(3)(b)(3) AC-3(3)(b)(4) AC-3(3)(b)(5) AC-3(3)(c) AC-3(4) AC-3(4)(a) AC-3(4)(b) AC-3(4)(c) AC-3(4)(d) AC-3(4)(e) AC-3(8) AC-4(28) AC-7(4) AC-7(4)(a) CM-5(1)(a) CM-6(a) CM-9(b) IA-2(1) IA-2(2) IA-2(6) IA-2(6)(a) IA-2(8) SC-23(3)',
    'kms-key-public': 'AC-3 AC-4 SC-7',
    'kms-key-rotation': 'CM-6(a) CM-9(b) SA-9(6) SC-12 SC-12(2) SC-12(6)',
    'rds-cluster-encrypted': 'SC-13 SC-28',
    'rds-instance-backups':
      'CP-1(2) CP-10 CP-10(2) CP-2(5) CP-6(1) CP-6(2) CP-6(a) CP-9(a) CP-9(b) CP-9(c) SC-5(2) SI-13(5)',
    'rds-instance-encrypted': 'AU-9(3) CP-9(8) CP-9(d) SC-13(a) SC-28(1) SC-8(3) SC-8(4) SI-19(4)',
    'rds-instance-public':
      'AC-17(1) AC-17(10) AC-17(4)(a) AC-17(9) AC-17(b) AC-2(6) AC-3 AC-3(7) AC-4(21) AC-6 MP-2 SC-25 SC-7(11) SC-7(12) SC-7(16) SC-7(2) SC-7(20) SC-7(21) SC-7(24)(b) SC-7(25) SC-7(26) SC-7(27) SC-7(28) SC-7(3) SC-7(7) SC-7(9)(a) SC-7(a) SC-7(b) SC-7(c)',
    'rds-snapshot-public':
      'AC-17(1) AC-17(10) AC-17(4)(a) AC-17(9) AC-17(b) AC-2(6) AC-3 AC-3(7) AC-4(21) AC-6 MP-2 SC-25 SC-7(11) SC-7(12) SC-7(16) SC-7(2) SC-7(20) SC-7(21) SC-7(24)(b) SC-7(25) SC-7(26) SC-7(27) SC-7(28) SC-7(3) SC-7(7) SC-7(9)(a) SC-7(a) SC-7(b) SC-7(c)',
    's3-account-public-block':
      'AC-17(1) AC-17(10) AC-17(4)(a) AC-17(9) AC-17(b) AC-2(6) AC-3 AC-3(7) AC-4(21) AC-6 CM-6(a) CM-9(b) MP-2 SC-25 SC-7(11) SC-7(12) SC-7(16) SC-7(2) SC-7(20) SC-7(21) SC-7(24)(b) SC-7(25) SC-7(26) SC-7(27) SC-7(28) SC-7(3) SC-7(7) SC-7(9)(a) SC-7(a) SC-7(b) SC-7(c)',
    's3-bucket-default-encryption':
      'AU-9(3) CM-6(a) CM-9(b) CP-9(8) CP-9(d) PM-11(b) SC-13(a) SC-16(1) SC-28(1) SC-8(3) SC-8(4) SI-19(4)',
    's3-bucket-public':
      'AC-17(1) AC-17(10) AC-17(4)(a) AC-17(9) AC-17(b) AC-2(6) AC-3 AC-3(7) AC-4(21) AC-6 CM-6(a) CM-9(b) MP-2 SC-25 SC-7(11) SC-7(12) SC-7(16) SC-7(2) SC-7(20) SC-7(21) SC-7(24)(b) SC-7(25) SC-7(26) SC-7(27) SC-7(28) SC-7(3) SC-7(7) SC-7(9)(a) SC-7(a) SC-7(b) SC-7(c)',
    's3-bucket-public-block': 'AC-3 AC-4 SC-7',
    's3-bucket-public-list-acl': 'AC-3 AC-4 SC-7',
    's3-bucket-public-write-acl': 'AC-3 AC-4 SC-7',
    's3-bucket-public-write-policy':
      'AC-17(1) AC-17(10) AC-17(4)(a) AC-17(9) AC-17(b) AC-2(6) AC-3 AC-3(7) AC-4(21) AC-6 CM-6(a) CM-9(b) MP-2 SC-25 SC-7(11) SC-7(12) SC-7(16) SC-7(2) SC-7(20) SC-7(21) SC-7(24)(b) SC-7(25) SC-7(26) SC-7(27) SC-7(28) SC-7(3) SC-7(7) SC-7(9)(a) SC-7(a) SC-7(b) SC-7(c)',
    's3-bucket-tls-only':
      'AC-17(2) AC-24(1) AC-4 AC-4(22) AU-9(3) CA-9(b) CM-6(a) CM-9(b) IA-5(1)(c) PM-11(b) PM-17(b) SC-13(a) SC-16(1) SC-23 SC-7(4)(b) SC-7(4)(g) SC-7(5) SC-8 SC-8(1) SC-8(2) SC-8(3) SC-8(4) SC-8(5) SI-1(a)(2)',
    'vpc-flow-logs':
      'AC-4(26) AU-12(1) AU-12(2) AU-12(3) AU-12(4) AU-12(a) AU-12(c) AU-14(3) AU-14(a) AU-14(b) AU-2(b) AU-3(a) AU-3(b) AU-3(c) AU-3(d) AU-3(e) AU-6(3) AU-6(4) AU-6(6) AU-6(9) AU-8(b) CA-7(b) CM-5(1)(b) CM-6(a) CM-9(b) IA-3(3)(b) MA-4(1)(a) PM-14(a)(1) PM-14(b) PM-31 SI-4(17) SI-7(8)',
    'vpc-nacl-open-rdp': 'AC-3 AC-4 SC-7',
    'vpc-nacl-open-ssh': 'AC-3 AC-4 SC-7',
  },
  proposed: [
    'account-security-contact',
    'cloudtrail-bucket-public',
    'ec2-ami-public',
    'ec2-instance-admin-port-exposed',
    'ec2-instance-data-port-exposed',
    'ec2-sg-open-all',
    'ec2-sg-open-high-risk-ports',
    'ec2-sg-open-rdp',
    'iam-password-lowercase',
    'iam-password-number',
    'iam-password-reuse',
    'iam-password-symbol',
    'iam-password-uppercase',
    'iam-role-trust-anyone',
    'iam-root-recent-use',
    'iam-user-administrator',
    'kms-key-public',
    'rds-cluster-encrypted',
    's3-bucket-public-block',
    's3-bucket-public-list-acl',
    's3-bucket-public-write-acl',
    'vpc-nacl-open-rdp',
    'vpc-nacl-open-ssh',
  ],
};
