import {
  AccountClient,
  GetAccountInformationCommand,
  GetAlternateContactCommand,
  GetContactInformationCommand,
  paginateListRegions,
} from '@aws-sdk/client-account';
import type { AlternateContactType } from '@aws-sdk/client-account';
import { allOf } from '../../collect/call.ts';
import { collector } from './section.ts';
import type { Row, Scope, Section } from './section.ts';

const CONTACTS = ['BILLING', 'OPERATIONS', 'SECURITY'] as const satisfies readonly AlternateContactType[];

/** Who the account is, by AWS's word and by its labels. */
export const account: Section = {
  name: 'account',
  kind: 'snapshot',
  shape: 'object',
  parts: {
    '': collector({
      calls: [
        'account:GetAccountInformation',
        'account:GetContactInformation',
        'account:GetAlternateContact',
        'account:ListRegions',
      ],
      where: 'account',
      async collect(scope) {
        const { accountId, labels, includeContacts } = scope;
        const client = scope.clients.of(AccountClient, scope.region);
        const information = await client.send(new GetAccountInformationCommand({}));
        const regions = await allOf(
          paginateListRegions(
            { client },
            { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT', 'ENABLING'] },
          ),
          (page) => page.Regions,
        );
        if (!includeContacts) {
          for (const path of ['account.contact_info', 'account.alternate_contacts']) scope.redacted(path);
        }
        return {
          account_id: accountId,
          account_name: information.AccountName ?? accountId,
          account_status: 'ACTIVE',
          partner_name: labels.partner ?? null,
          customer_name: labels.customer ?? null,
          category: labels.category ?? null,
          account_type: labels.environment ?? null,
          product: labels.product ?? null,
          csp: 'AWS',
          region: scope.regions[0] ?? null,
          regions: regions.map(({ RegionName, RegionOptStatus }) => ({
            region: RegionName,
            opt_in_status: RegionOptStatus,
          })),
          ...(includeContacts ? await contacts(scope, client) : {}),
        };
      },
    }),
  },
};

async function contacts(scope: Scope, client: AccountClient): Promise<Row> {
  const { ContactInformation: info } = await client.send(new GetContactInformationCommand({}));
  const alternate: Record<string, Row> = {};
  for (const type of CONTACTS) {
    try {
      const { AlternateContact: contact } = await client.send(
        new GetAlternateContactCommand({ AlternateContactType: type }),
      );
      alternate[type.toLowerCase()] = {
        name: contact?.Name,
        title: contact?.Title,
        email: contact?.EmailAddress,
        phone: contact?.PhoneNumber,
      };
    } catch (error) {
      // There is none of this kind.
      if ((error as Error).name !== 'ResourceNotFoundException')
        scope.warn(error, 'account:GetAlternateContact');
    }
  }
  return {
    contact_info: {
      address_line1: info?.AddressLine1,
      address_line2: info?.AddressLine2,
      address_line3: info?.AddressLine3,
      city: info?.City,
      country_code: info?.CountryCode,
      postal_code: info?.PostalCode,
      state_or_region: info?.StateOrRegion,
      company_name: info?.CompanyName,
      phone_number: info?.PhoneNumber,
      website_url: info?.WebsiteUrl,
      full_name: info?.FullName,
    },
    alternate_contacts: alternate,
  };
}
