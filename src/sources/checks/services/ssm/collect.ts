import { allOf, allPages, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { secretsInText } from '../../secrets.ts';
import type { FoundSecret } from '../../secrets.ts';

/** An instance, or another machine, that Systems Manager knows. */
export interface ManagedInstance {
  id: string;
  instanceId: string;
  /** `Online`, `ConnectionLost`, `Inactive`. */
  pingStatus: string;
}

export interface SsmDocument {
  id: string;
  name: string;
}

/** The newest one of an instance. */
export interface PatchSummary {
  id: string;
  instanceId: string;
  status: string;
  severity: string;
}

export interface SsmParameter {
  id: string;
  name: string;
  /** `String`, `StringList` or `SecureString`. */
  type: string;
}

async function ssm({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-ssm');
  return { ...sdk, client: clients.of(sdk.SSMClient, region) };
}

export const ssmCalls = {
  'ssm:DescribeInstanceInformation': listCall<ManagedInstance>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeInstanceInformation } = await ssm(caller);
      const pages = paginateDescribeInstanceInformation({ client }, {});
      const instances = await allOf(pages, (page) => page.InstanceInformationList);
      return instances.map(({ InstanceId = '', PingStatus }) => ({
        id: arnOf(caller, 'ssm', `managed-instance/${InstanceId}`),
        instanceId: InstanceId,
        pingStatus: PingStatus ?? '',
      }));
    },
  }),

  'ssm:ListDocuments': listCall<SsmDocument>({
    where: 'region',
    async list(caller) {
      const { client, paginateListDocuments } = await ssm(caller);
      const own = { Filters: [{ Key: 'Owner', Values: ['Self'] }] };
      const documents = await allOf(
        paginateListDocuments({ client }, own),
        (page) => page.DocumentIdentifiers,
      );
      return documents.map(({ Name = '' }) => ({ id: arnOf(caller, 'ssm', `document/${Name}`), name: Name }));
    },
  }),

  /** The accounts that it is shared with; `all` for everybody. */
  'ssm:DescribeDocumentPermission': detailCall<SsmDocument, readonly string[]>({
    of: 'ssm:ListDocuments',
    async get(caller, { name }) {
      const { client, DescribeDocumentPermissionCommand } = await ssm(caller);
      return allPages(async (NextToken) => {
        const page = await client.send(
          new DescribeDocumentPermissionCommand({ Name: name, PermissionType: 'Share', NextToken }),
        );
        return { items: page.AccountIds, next: page.NextToken };
      });
    },
  }),

  'ssm:GetDocument': detailCall<SsmDocument, { secrets: readonly FoundSecret[] }>({
    of: 'ssm:ListDocuments',
    async get(caller, { name }) {
      const { client, GetDocumentCommand } = await ssm(caller);
      const { Content = '' } = await client.send(new GetDocumentCommand({ Name: name }));
      return { secrets: secretsInText(Content) };
    },
  }),

  'ssm:ListResourceComplianceSummaries': listCall<PatchSummary>({
    where: 'region',
    async list(caller) {
      const { client, paginateListResourceComplianceSummaries } = await ssm(caller);
      const patches = { Filters: [{ Key: 'ComplianceType', Values: ['Patch'] }] };
      const summaries = await allOf(
        paginateListResourceComplianceSummaries({ client }, patches),
        (page) => page.ResourceComplianceSummaryItems,
      );
      const newest = new Map<string, { time: number; summary: PatchSummary }>();
      for (const { ResourceId = '', Status, OverallSeverity, ExecutionSummary } of summaries) {
        const time = ExecutionSummary?.ExecutionTime?.getTime() ?? 0;
        if (time < (newest.get(ResourceId)?.time ?? 0)) continue;
        const summary = {
          id: arnOf(caller, 'ssm', `managed-instance/${ResourceId}`),
          instanceId: ResourceId,
          status: Status ?? '',
          severity: OverallSeverity ?? '',
        };
        newest.set(ResourceId, { time, summary });
      }
      return [...newest.values()].map(({ summary }) => summary);
    },
  }),

  'ssm:DescribeParameters': listCall<SsmParameter>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeParameters } = await ssm(caller);
      const pages = paginateDescribeParameters({ client, pageSize: 50 }, {});
      const parameters = await allOf(pages, (page) => page.Parameters);
      return parameters.map(({ Name = '', Type }) => ({
        id: arnOf(caller, 'ssm', `parameter/${Name.replace(/^\//, '')}`),
        name: Name,
        type: Type ?? '',
      }));
    },
  }),
};
