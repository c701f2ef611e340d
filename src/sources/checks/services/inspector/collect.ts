import { arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

/** Inspector in a region, on or not. */
export interface InspectorStatus {
  id: string;
  status: string;
  /** What is scanned: `ec2`, `ecr`, `lambda`, `lambdaCode`. */
  scans: readonly string[];
}

export interface InspectorFindings {
  /** By severity, of the gravest hundred. */
  bySeverity: Readonly<Record<string, number>>;
  hasMore: boolean;
}

async function inspector({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-inspector2');
  return { ...sdk, client: clients.of(sdk.Inspector2Client, region) };
}

export const inspectorCalls = {
  'inspector2:BatchGetAccountStatus': listCall<InspectorStatus>({
    where: 'region',
    async list(caller) {
      const { client, BatchGetAccountStatusCommand } = await inspector(caller);
      const asked = { accountIds: [caller.accountId] };
      const { accounts: [account] = [] } = await client.send(new BatchGetAccountStatusCommand(asked));
      return [
        {
          id: arnOf(caller, 'inspector2', 'account'),
          status: account?.state?.status ?? 'DISABLED',
          scans: Object.entries(account?.resourceState ?? {})
            .filter(([, state]) => state?.status === 'ENABLED')
            .map(([kind]) => kind),
        },
      ];
    },
  }),

  'inspector2:ListFindings': detailCall<InspectorStatus, InspectorFindings>({
    of: 'inspector2:BatchGetAccountStatus',
    wanted: ({ status }) => status === 'ENABLED',
    async get(caller) {
      const { client, ListFindingsCommand } = await inspector(caller);
      // The gravest come first, and tell enough: there may be a hundred thousand.
      const { findings = [], nextToken } = await client.send(
        new ListFindingsCommand({
          filterCriteria: { findingStatus: [{ comparison: 'EQUALS', value: 'ACTIVE' }] },
          sortCriteria: { field: 'SEVERITY', sortOrder: 'DESC' },
          maxResults: 100,
        }),
      );
      const bySeverity: Record<string, number> = {};
      for (const { severity = 'UNTRIAGED' as string } of findings) {
        bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
      }
      return { bySeverity, hasMore: nextToken !== undefined };
    },
  }),
};
