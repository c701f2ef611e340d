import { defineCheck, failIf } from '../../../catalogue.ts';

export const acmCertTransparency = defineCheck({
  id: 'acm-cert-transparency',
  title: 'Transparency logging is on',
  service: 'acm',
  depth: 'deep',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::CertificateManager::Certificate',
  failsWhen:
    'CertificateTransparencyLoggingPreference of an ACM-issued certificate is DISABLED. Imported and private ones get no verdict.',
  remediation: 'Turn transparency logging on.',
  command:
    'aws acm update-certificate-options --certificate-arn ARN --options CertificateTransparencyLoggingPreference=ENABLED',
  on: 'acm:ListCertificates',
  needs: ['acm:DescribeCertificate'],
  judge(_, { detail }) {
    const certificate = detail('acm:DescribeCertificate');
    if (certificate?.type !== 'AMAZON_ISSUED') return null;
    return failIf(!certificate.transparencyLogged);
  },
});
