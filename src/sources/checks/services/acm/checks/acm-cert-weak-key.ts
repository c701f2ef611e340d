import { defineCheck, failIf } from '../../../catalogue.ts';

/** `RSA-1024` and `RSA_1024` are the same. */
const spelled = (algorithm: string): string => algorithm.replaceAll('-', '_').toLowerCase();

export const acmCertWeakKey = defineCheck({
  id: 'acm-cert-weak-key',
  title: 'Certificates use strong keys',
  service: 'acm',
  depth: 'standard',
  level: 'high',
  category: 'transit',
  resourceType: 'AWS::CertificateManager::Certificate',
  failsWhen: 'KeyAlgorithm is one of weak (names with - or _ are the same).',
  remediation: 'Replace it by one with RSA 2048 or P-256 and up.',
  command:
    'aws acm request-certificate --domain-name DOMAIN --validation-method DNS --key-algorithm EC_prime256v1',
  parameters: { weak: ['RSA_1024', 'EC_prime192v1'] },
  on: 'acm:ListCertificates',
  judge({ keyAlgorithm }, { parameters }) {
    const weak = parameters.weak.map(spelled);
    return failIf(weak.includes(spelled(keyAlgorithm)), { keyAlgorithm });
  },
});
