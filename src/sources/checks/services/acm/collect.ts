import { allOf, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Certificate {
  id: string;
  name: string;
  imported: boolean;
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
      return certificates.map(({ CertificateArn = '', DomainName = '', Type }) => ({
        id: CertificateArn,
        name: DomainName,
        imported: Type === 'IMPORTED',
      }));
    },
  }),
};
