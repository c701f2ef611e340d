import type {
  Certificate,
  CertificateDescription,
} from '../../../../src/sources/checks/services/acm/collect.ts';
import type { Case, Cases } from './case.ts';

const certificate = (what: string, more: Partial<CertificateDescription>, ...says: string[]): Case => ({
  what,
  answers: {
    'acm:ListCertificates': [{ id: 'c', name: 'example.com', imported: false, keyAlgorithm: 'RSA_2048' }],
    'acm:DescribeCertificate': {
      c: {
        status: 'ISSUED',
        type: 'AMAZON_ISSUED',
        endsAt: '2027-06-01T00:00:00.000Z',
        inUse: true,
        transparencyLogged: true,
        ...more,
      },
    },
  },
  says,
});
const key = (keyAlgorithm: Certificate['keyAlgorithm'], says: string): Case => ({
  what: keyAlgorithm,
  answers: { 'acm:ListCertificates': [{ id: 'c', name: 'example.com', imported: true, keyAlgorithm }] },
  says: [says],
});

export const acmCases: Cases = {
  'acm-cert-expiring': [
    certificate('in months', {}, 'pass'),
    certificate('in a week', { endsAt: '2026-11-27T12:00:00.000Z' }, 'fail'),
    certificate('in more than a week', { endsAt: '2026-11-27T12:00:01.000Z' }, 'pass'),
    certificate('past', { endsAt: '2026-11-19T00:00:00.000Z', status: 'EXPIRED' }, 'fail'),
    certificate('past, but not used', { endsAt: '2026-11-19T00:00:00.000Z', inUse: false }),
    certificate('pending', { endsAt: null, status: 'PENDING_VALIDATION' }),
  ],
  'acm-cert-transparency': [
    certificate('logged', {}, 'pass'),
    certificate('not', { transparencyLogged: false }, 'fail'),
    certificate('imported', { transparencyLogged: false, type: 'IMPORTED' }),
  ],
  'acm-cert-weak-key': [
    key('RSA_2048', 'pass'),
    key('RSA-1024', 'fail'),
    key('RSA_1024', 'fail'),
    key('EC_prime256v1', 'pass'),
  ],
};
