import { allOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Certificate {
  id: string;
  name: string;
  imported: boolean;
  keyAlgorithm: string;
}

export interface CertificateDescription {
  /** `ISSUED`, `EXPIRED`, `PENDING_VALIDATION`. */
  status: string;
  /** `IMPORTED`, `AMAZON_ISSUED` or `PRIVATE`. */
  type: string;
  /** ISO 8601 in UTC. */
  endsAt: string | null;
  inUse: boolean;
  transparencyLogged: boolean;
}

async function acm({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-acm');
  return { ...sdk, client: clients.of(sdk.ACMClient, region) };
}

export const acmCalls = {
  'acm:ListCertificates': listCall<Certificate>({
    where: 'region',
    async list(caller) {
      const { client, paginateListCertificates, KeyAlgorithm } = await acm(caller);
      // Without their algorithms named, only those with RSA keys of 1024 and 2048 bits are listed.
      const Includes = { keyTypes: Object.values(KeyAlgorithm) };
      const pages = paginateListCertificates({ client }, { Includes });
      const certificates = await allOf(pages, (page) => page.CertificateSummaryList);
      return certificates.map(({ CertificateArn = '', DomainName = '', Type, KeyAlgorithm: algorithm }) => ({
        id: CertificateArn,
        name: DomainName,
        imported: Type === 'IMPORTED',
        keyAlgorithm: algorithm ?? '',
      }));
    },
  }),

  'acm:DescribeCertificate': detailCall<Certificate, CertificateDescription>({
    of: 'acm:ListCertificates',
    async get(caller, { id }) {
      const { client, DescribeCertificateCommand } = await acm(caller);
      const { Certificate: certificate } = await client.send(
        new DescribeCertificateCommand({ CertificateArn: id }),
      );
      return {
        status: certificate?.Status ?? '',
        type: certificate?.Type ?? '',
        endsAt: certificate?.NotAfter?.toISOString() ?? null,
        inUse: (certificate?.InUseBy ?? []).length > 0,
        transparencyLogged: certificate?.Options?.CertificateTransparencyLoggingPreference !== 'DISABLED',
      };
    },
  }),
};
