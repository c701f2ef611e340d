import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: [
    '«-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAtest+/==\n-----END RSA PRIVATE KEY-----»\n',
    'key="«-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----»"',
    '«-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n»',
  ],
  benign: [
    '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
    '-----BEGIN CERTIFICATE-----',
    'PRIVATE KEY',
  ],
};
