import { daysUntil } from '../../../ages.ts';
import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { perList } from '../../../per-list.ts';
import type { CertificateAuthority } from '../collect.ts';

const validity = perList(
  (authorities: readonly CertificateAuthority[]) =>
    new Map(authorities.map(({ name, validTill }) => [name, validTill])),
);

export const rdsInstanceCaExpiry = defineCheck({
  id: 'rds-instance-ca-expiry',
  title: 'CA certificate is current',
  service: 'rds',
  depth: 'standard',
  level: 'high',
  category: 'transit',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    'The CA certificate of the instance (CACertificateIdentifier in DescribeCertificates, else CertificateDetails.ValidTill) ends within min_days or is past. Neither says when: unknown.',
  remediation: 'Move to the newest CA after the clients trust it.',
  command:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --ca-certificate-identifier rds-ca-rsa2048-g1 --apply-immediately',
  parameters: { min_days: 90 },
  on: 'rds:DescribeDBInstances',
  needs: ['rds:DescribeCertificates'],
  judge({ certificateAuthority, certificateValidTill }, { list, now, parameters }) {
    const ofAuthority = validity(list('rds:DescribeCertificates')).get(certificateAuthority ?? '');
    const validTill = ofAuthority ?? certificateValidTill;
    if (validTill === null) return unknown('AWS does not say how long its certificate is valid.');
    const days = daysUntil(validTill, now);
    return failIf(days < parameters.min_days, { certificateAuthority, validTill, days });
  },
});
