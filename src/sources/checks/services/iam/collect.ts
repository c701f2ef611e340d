import { setTimeout as sleep } from 'node:timers/promises';
import type { IAMClient } from '@aws-sdk/client-iam';
import { allOf, detailCall, globalArnOf, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { VedetteError } from '../../../../errors.ts';
import { parseCredentialReport } from './credential-report.ts';
import type { CredentialReportRow } from './credential-report.ts';

export interface AccountSummary {
  id: string;
  rootMfaEnabled: boolean;
  rootAccessKeys: number;
}

/** What AWS asks of passwords; nothing where the account has no policy of its own. */
export interface PasswordPolicy {
  id: string;
  exists: boolean;
  minimumLength: number;
  requiresUppercase: boolean;
  requiresLowercase: boolean;
  requiresSymbols: boolean;
  requiresNumbers: boolean;
  /** Earlier passwords that may not be used again. */
  remembered: number;
  /** Days after which a password has to be changed; 0 for never. */
  maximumAgeDays: number;
}

export interface NamedPolicy {
  name: string;
  /** As AWS gives it; JSON. */
  document: string;
}

export interface Identity {
  id: string;
  name: string;
  path: string;
  /** ARNs of managed policies. */
  attached: readonly string[];
  inline: readonly NamedPolicy[];
}

export interface User extends Identity {
  kind: 'user';
  /** Names of groups. */
  groups: readonly string[];
}

export interface Group extends Identity {
  kind: 'group';
}

export interface Role extends Identity {
  kind: 'role';
  trustPolicy: string;
  /** ISO 8601 in UTC. */
  createdAt: string | null;
  /** Null where IAM has seen no use, as far back as it remembers. */
  lastUsed: string | null;
}

export interface ManagedPolicy {
  kind: 'policy';
  id: string;
  name: string;
  ofAws: boolean;
  attachments: number;
  /** Of the version in force. */
  document: string;
}

export interface VirtualMfaDevice {
  id: string;
  /** ARN of who has it. */
  user: string | null;
}

export interface ServerCertificate {
  id: string;
  name: string;
  /** ISO 8601 in UTC. */
  expiresAt: string;
}

/** What an organisation manages in the accounts of its members. */
export interface OrganisationFeatures {
  id: string;
  features: readonly string[];
}

export type Authorization = User | Group | Role | ManagedPolicy;

const REPORT_ATTEMPTS = 20;
const REPORT_PAUSE_MS = 500;

async function iam({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-iam');
  return { ...sdk, client: clients.of(sdk.IAMClient, region) };
}

export const iamCalls = {
  'iam:GetAccountSummary': listCall<AccountSummary>({
    where: 'global',
    async list(caller) {
      const { client, GetAccountSummaryCommand } = await iam(caller);
      const { SummaryMap: summary = {} } = await client.send(new GetAccountSummaryCommand({}));
      return [
        {
          id: globalArnOf(caller, 'iam', 'root'),
          rootMfaEnabled: summary.AccountMFAEnabled === 1,
          rootAccessKeys: summary.AccountAccessKeysPresent ?? 0,
        },
      ];
    },
  }),

  'iam:GetAccountPasswordPolicy': listCall<PasswordPolicy>({
    where: 'global',
    async list(caller) {
      const { client, GetAccountPasswordPolicyCommand } = await iam(caller);
      const answer = await unlessNotConfigured(['NoSuchEntityException', 'NoSuchEntity'], () =>
        client.send(new GetAccountPasswordPolicyCommand({})),
      );
      const policy = answer?.PasswordPolicy;
      return [
        {
          id: globalArnOf(caller, 'iam', 'password-policy'),
          exists: policy !== undefined,
          minimumLength: policy?.MinimumPasswordLength ?? 0,
          requiresUppercase: policy?.RequireUppercaseCharacters ?? false,
          requiresLowercase: policy?.RequireLowercaseCharacters ?? false,
          requiresSymbols: policy?.RequireSymbols ?? false,
          requiresNumbers: policy?.RequireNumbers ?? false,
          remembered: policy?.PasswordReusePrevention ?? 0,
          maximumAgeDays: policy?.MaxPasswordAge ?? 0,
        },
      ];
    },
  }),

  'iam:GetCredentialReport': listCall<CredentialReportRow>({
    where: 'global',
    sends: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
    permissions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
    async list(caller) {
      const { client, GetCredentialReportCommand } = await iam(caller);
      await generateReport(caller, client);
      const { Content } = await client.send(new GetCredentialReportCommand({}));
      return parseCredentialReport(Buffer.from(Content ?? []).toString('utf8'));
    },
  }),

  'iam:GetAccountAuthorizationDetails': listCall<Authorization>({
    where: 'global',
    async list(caller) {
      const { client, paginateGetAccountAuthorizationDetails } = await iam(caller);
      const Filter = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const;
      return allOf(
        paginateGetAccountAuthorizationDetails({ client }, { Filter: [...Filter] }),
        (page): Authorization[] => [
          ...(page.UserDetailList ?? []).map((user): User => ({
            kind: 'user',
            ...identityOf(user, user.UserName, user.UserPolicyList),
            groups: user.GroupList ?? [],
          })),
          ...(page.GroupDetailList ?? []).map((group): Group => ({
            kind: 'group',
            ...identityOf(group, group.GroupName, group.GroupPolicyList),
          })),
          ...(page.RoleDetailList ?? []).map((role): Role => ({
            kind: 'role',
            ...identityOf(role, role.RoleName, role.RolePolicyList),
            trustPolicy: decoded(role.AssumeRolePolicyDocument),
            createdAt: role.CreateDate?.toISOString() ?? null,
            lastUsed: role.RoleLastUsed?.LastUsedDate?.toISOString() ?? null,
          })),
          ...(page.Policies ?? []).map((policy): ManagedPolicy => ({
            kind: 'policy',
            id: policy.Arn ?? '',
            name: policy.PolicyName || (policy.Arn?.split('/').at(-1) ?? ''),
            ofAws: /^arn:[^:]+:iam::aws:/.test(policy.Arn ?? ''),
            attachments: policy.AttachmentCount ?? 0,
            document: decoded(policy.PolicyVersionList?.find((one) => one.IsDefaultVersion)?.Document),
          })),
        ],
      );
    },
  }),

  'iam:ListMFADevices': detailCall<CredentialReportRow, readonly string[]>({
    of: 'iam:GetCredentialReport',
    wanted: ({ isRoot, passwordEnabled }) => !isRoot && passwordEnabled,
    async get(caller, { name }) {
      const { client, paginateListMFADevices } = await iam(caller);
      const devices = await allOf(
        paginateListMFADevices({ client }, { UserName: name }),
        (page) => page.MFADevices,
      );
      return devices.map(({ SerialNumber = '' }) => SerialNumber);
    },
  }),

  'iam:ListVirtualMFADevices': listCall<VirtualMfaDevice>({
    where: 'global',
    async list(caller) {
      const { client, paginateListVirtualMFADevices } = await iam(caller);
      const pages = paginateListVirtualMFADevices({ client }, { AssignmentStatus: 'Assigned' });
      const devices = await allOf(pages, (page) => page.VirtualMFADevices);
      return devices.map(({ SerialNumber = '', User }) => ({ id: SerialNumber, user: User?.Arn ?? null }));
    },
  }),

  'iam:ListServerCertificates': listCall<ServerCertificate>({
    where: 'global',
    async list(caller) {
      const { client, paginateListServerCertificates } = await iam(caller);
      const pages = paginateListServerCertificates({ client }, {});
      const certificates = await allOf(pages, (page) => page.ServerCertificateMetadataList);
      return certificates.map(({ Arn = '', ServerCertificateName = '', Expiration }) => ({
        id: Arn,
        name: ServerCertificateName,
        expiresAt: Expiration?.toISOString() ?? '',
      }));
    },
  }),

  'iam:ListSAMLProviders': listCall<{ id: string }>({
    where: 'global',
    async list(caller) {
      const { client, ListSAMLProvidersCommand } = await iam(caller);
      const { SAMLProviderList = [] } = await client.send(new ListSAMLProvidersCommand({}));
      return SAMLProviderList.map(({ Arn = '' }) => ({ id: Arn }));
    },
  }),

  'iam:ListOrganizationsFeatures': listCall<OrganisationFeatures>({
    where: 'global',
    async list(caller) {
      const { client, ListOrganizationsFeaturesCommand } = await iam(caller);
      // Nothing is managed where there is no organisation, or IAM may not look into it.
      const answer = await unlessNotConfigured(
        ['OrganizationNotFoundException', 'ServiceAccessNotEnabledException'],
        () => client.send(new ListOrganizationsFeaturesCommand({})),
      );
      return [{ id: globalArnOf(caller, 'iam', 'features'), features: answer?.EnabledFeatures ?? [] }];
    },
  }),
};

async function generateReport(caller: Caller, client: IAMClient): Promise<void> {
  const { GenerateCredentialReportCommand } = await iam(caller);
  for (let attempt = 0; attempt < REPORT_ATTEMPTS; attempt += 1) {
    const { State } = await client.send(new GenerateCredentialReportCommand({}));
    if (State === 'COMPLETE') return;
    await sleep(REPORT_PAUSE_MS);
  }
  throw new VedetteError('aws-unreachable', 'IAM has made no credential report in time.');
}

interface IdentityDetail {
  Arn?: string | undefined;
  Path?: string | undefined;
  AttachedManagedPolicies?: { PolicyArn?: string | undefined }[] | undefined;
}

function identityOf(
  { Arn = '', Path = '/', AttachedManagedPolicies = [] }: IdentityDetail,
  name = '',
  inline: { PolicyName?: string | undefined; PolicyDocument?: string | undefined }[] = [],
): Identity {
  return {
    id: Arn,
    name,
    path: Path,
    attached: AttachedManagedPolicies.map(({ PolicyArn = '' }) => PolicyArn),
    inline: inline.map(({ PolicyName = '', PolicyDocument }) => ({
      name: PolicyName,
      document: decoded(PolicyDocument),
    })),
  };
}

/** IAM gives policies as they would stand in a URL. */
function decoded(document = ''): string {
  if (document.trimStart().startsWith('{')) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}
