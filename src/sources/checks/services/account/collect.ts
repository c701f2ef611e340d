import { createHash } from 'node:crypto';
import type { FindingSummaryV2 } from '@aws-sdk/client-accessanalyzer';
import type { AlternateContactType } from '@aws-sdk/client-account';
import type { PolicyType } from '@aws-sdk/client-organizations';
import { allOf, detailCall, globalArnOf, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

/** Whom AWS writes to. Only whether two contacts have something in common can be told of what is kept. */
export interface AlternateContact {
  id: string;
  type: AlternateContactType;
  exists: boolean;
  /** Of name, address and telephone number. */
  fingerprints: readonly string[];
}

export interface PrimaryContact {
  id: string;
  /** Fields that are empty. */
  missing: readonly string[];
  fingerprints: readonly string[];
}

export interface Organisation {
  id: string;
  exists: boolean;
}

export interface OrganisationPolicy {
  id: string;
  policyId: string;
  name: string;
  type: PolicyType;
}

export interface DelegatedAdministrator {
  id: string;
  name: string;
  accountId: string;
}

export interface Analyzer {
  id: string;
  name: string;
  /** Of what reaches the account from outside, not of what it does not use. */
  ofExternalAccess: boolean;
  active: boolean;
}

const CONTACTS: readonly AlternateContactType[] = ['SECURITY', 'BILLING', 'OPERATIONS'];
const REQUIRED = ['FullName', 'AddressLine1', 'City', 'PostalCode', 'CountryCode', 'PhoneNumber'] as const;
const POLICY_TYPES: readonly PolicyType[] = ['SERVICE_CONTROL_POLICY', 'AISERVICES_OPT_OUT_POLICY'];
const FINDINGS_LISTED = 50;
const NO_ORGANISATION = ['AWSOrganizationsNotInUseException'];

async function account({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-account');
  return { ...sdk, client: clients.of(sdk.AccountClient, region) };
}

async function accessAnalyzer({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-accessanalyzer');
  return { ...sdk, client: clients.of(sdk.AccessAnalyzerClient, region) };
}

async function organisations({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-organizations');
  return { ...sdk, client: clients.of(sdk.OrganizationsClient, region) };
}

export const accountCalls = {
  'account:GetAlternateContact': listCall<AlternateContact>({
    where: 'global',
    list: (caller) => Promise.all(CONTACTS.map((type) => contactOf(caller, type))),
  }),

  'account:GetContactInformation': listCall<PrimaryContact>({
    where: 'global',
    async list(caller) {
      const { client, GetContactInformationCommand } = await account(caller);
      const { ContactInformation: contact } = await client.send(new GetContactInformationCommand({}));
      return [
        {
          id: globalArnOf(caller, 'account', 'contact/PRIMARY'),
          missing: REQUIRED.filter((field) => (contact?.[field] ?? '').trim() === ''),
          fingerprints: fingerprints(caller, [contact?.FullName, contact?.PhoneNumber]),
        },
      ];
    },
  }),

  'organizations:DescribeOrganization': listCall<Organisation>({
    where: 'global',
    async list(caller) {
      const { client, DescribeOrganizationCommand } = await organisations(caller);
      const answer = await unlessNotConfigured(NO_ORGANISATION, () =>
        client.send(new DescribeOrganizationCommand({})),
      );
      return [{ id: globalArnOf(caller, 'organizations', 'organization'), exists: answer !== null }];
    },
  }),

  'organizations:ListPolicies': listCall<OrganisationPolicy>({
    where: 'global',
    async list(caller) {
      const { client, paginateListPolicies } = await organisations(caller);
      const ofTypes = await Promise.all(
        POLICY_TYPES.map(async (Filter) => {
          const policies = await unlessNotConfigured(NO_ORGANISATION, () =>
            allOf(paginateListPolicies({ client }, { Filter }), (page) => page.Policies),
          );
          return (policies ?? []).map(({ Arn = '', Id = '', Name = '' }) => ({
            id: Arn,
            policyId: Id,
            name: Name,
            type: Filter,
          }));
        }),
      );
      return ofTypes.flat();
    },
  }),

  'organizations:DescribePolicy': detailCall<OrganisationPolicy, string>({
    of: 'organizations:ListPolicies',
    async get(caller, { policyId }) {
      const { client, DescribePolicyCommand } = await organisations(caller);
      const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId: policyId }));
      return Policy?.Content ?? '';
    },
  }),

  'organizations:ListDelegatedAdministrators': listCall<DelegatedAdministrator>({
    where: 'global',
    async list(caller) {
      const { client, paginateListDelegatedAdministrators } = await organisations(caller);
      const administrators = await unlessNotConfigured(NO_ORGANISATION, () =>
        allOf(paginateListDelegatedAdministrators({ client }, {}), (page) => page.DelegatedAdministrators),
      );
      return (administrators ?? []).map(({ Arn = '', Id = '', Name = '' }) => ({
        id: Arn,
        name: Name,
        accountId: Id,
      }));
    },
  }),

  'accessanalyzer:ListAnalyzers': listCall<Analyzer>({
    where: 'region',
    permissions: ['access-analyzer:ListAnalyzers'],
    async list(caller) {
      const { client, paginateListAnalyzers } = await accessAnalyzer(caller);
      const analyzers = await allOf(paginateListAnalyzers({ client }, {}), (page) => page.analyzers);
      return analyzers.map(({ arn = '', name = '', type, status }) => ({
        id: arn,
        name,
        ofExternalAccess: type === 'ACCOUNT' || type === 'ORGANIZATION',
        active: status === 'ACTIVE',
      }));
    },
  }),

  'accessanalyzer:ListFindingsV2': detailCall<Analyzer, { open: number; resources: readonly string[] }>({
    of: 'accessanalyzer:ListAnalyzers',
    permissions: ['access-analyzer:ListFindings'],
    wanted: ({ ofExternalAccess, active }) => ofExternalAccess && active,
    async get(caller, { id }) {
      const { client, paginateListFindingsV2 } = await accessAnalyzer(caller);
      const active = { analyzerArn: id, filter: { status: { eq: ['ACTIVE'] } } };
      // Whether there are any is what counts; a page may have none although there are some further on.
      let findings: FindingSummaryV2[] = [];
      for await (const page of paginateListFindingsV2({ client, pageSize: FINDINGS_LISTED }, active)) {
        findings = page.findings ?? [];
        if (findings.length > 0) break;
      }
      return { open: findings.length, resources: findings.flatMap(({ resource }) => resource ?? []) };
    },
  }),
};

async function contactOf(caller: Caller, type: AlternateContactType): Promise<AlternateContact> {
  const { client, GetAlternateContactCommand } = await account(caller);
  const answer = await unlessNotConfigured(['ResourceNotFoundException'], () =>
    client.send(new GetAlternateContactCommand({ AlternateContactType: type })),
  );
  const contact = answer?.AlternateContact;
  return {
    id: globalArnOf(caller, 'account', `contact/${type}`),
    type,
    exists: answer !== null,
    fingerprints: fingerprints(caller, [contact?.Name, contact?.EmailAddress, contact?.PhoneNumber]),
  };
}

/** Who people are is nobody's business. */
function fingerprints({ accountId }: Caller, values: readonly (string | undefined)[]): string[] {
  return values
    .map((value = '') => value.toLowerCase().replaceAll(/[\s()-]/g, ''))
    .filter((value) => value !== '')
    .map((value) => createHash('sha256').update(`${accountId}/${value}`).digest('hex').slice(0, 16));
}
