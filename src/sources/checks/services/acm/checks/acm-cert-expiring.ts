import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf } from '../../../catalogue.ts';

export const acmCertExpiring = defineCheck({
  id: 'acm-cert-expiring',
  title: 'Certificates are not about to expire',
  service: 'acm',
  depth: 'quick',
  level: 'high',
  category: 'transit',
  resourceType: 'AWS::CertificateManager::Certificate',
  failsWhen:
    'An issued or expired certificate that is in use ends within min_days or is past. Unused ones are named, with no verdict; pending ones have no end and get none.',
  remediation: 'Renew: repair DNS validation, or import a new certificate.',
  command:
    'aws acm import-certificate --certificate-arn ARN --certificate fileb://cert.pem --private-key fileb://key.pem',
  parameters: { min_days: 7 },
  on: 'acm:ListCertificates',
  needs: ['acm:DescribeCertificate'],
  judge(_, { detail, now, parameters }) {
    const certificate = detail('acm:DescribeCertificate');
    if (certificate === null || !certificate.inUse || certificate.endsAt === null) return null;
    if (certificate.status !== 'ISSUED' && certificate.status !== 'EXPIRED') return null;
    const daysLeft = -daysSince(certificate.endsAt, now);
    return failIf(daysLeft <= parameters.min_days, { endsAt: certificate.endsAt, daysLeft });
  },
});
