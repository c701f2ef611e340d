import type { AwsError } from '../../../aws/failures.ts';
import { allOf, arnOf, detailCall, listCall, unlessNotConfigured } from '../../../collect/call.ts';

export interface Analyzer {
  id: string;
  name: string;
  status: string;
  kind: string;
}

export interface MacieSession {
  id: string;
  status: string;
}

export interface InspectorStatus {
  id: string;
  /** Types of resources, by their states: `ENABLED`, `DISABLED`, … */
  types: Readonly<Record<string, string>>;
}

/** Access Analyzer, Macie and Inspector. */
export const findersCalls = {
  'accessanalyzer:ListAnalyzers': listCall<Analyzer>({
    where: 'region',
    permissions: ['access-analyzer:ListAnalyzers'],
    async list({ clients, region }) {
      const { AccessAnalyzerClient, paginateListAnalyzers } = await import('@aws-sdk/client-accessanalyzer');
      const client = clients.of(AccessAnalyzerClient, region);
      const analyzers = await allOf(paginateListAnalyzers({ client }, {}), (page) => page.analyzers);
      return analyzers.map(({ arn = '', name = '', status = '', type = '' }) => ({
        id: arn,
        name,
        status,
        kind: type,
      }));
    },
  }),

  /** Names of archive rules. */
  'accessanalyzer:ListArchiveRules': detailCall<Analyzer, string[]>({
    of: 'accessanalyzer:ListAnalyzers',
    permissions: ['access-analyzer:ListArchiveRules'],
    async get({ clients, region }, { name }) {
      const { AccessAnalyzerClient, paginateListArchiveRules } =
        await import('@aws-sdk/client-accessanalyzer');
      const client = clients.of(AccessAnalyzerClient, region);
      const rules = await allOf(
        paginateListArchiveRules({ client }, { analyzerName: name }),
        (page) => page.archiveRules,
      );
      return rules.map(({ ruleName = '' }) => ruleName);
    },
  }),

  'macie2:GetMacieSession': listCall<MacieSession>({
    where: 'region',
    async list(caller) {
      const { GetMacieSessionCommand, Macie2Client } = await import('@aws-sdk/client-macie2');
      const client = caller.clients.of(Macie2Client, caller.region);
      try {
        const { status = '' } = await client.send(new GetMacieSessionCommand({}));
        return [{ id: arnOf(caller, 'macie2', 'session'), status }];
      } catch (error) {
        // An account without Macie is told that it is denied.
        if (/not enabled/i.test((error as AwsError).message)) return [];
        throw error;
      }
    },
  }),

  'inspector2:BatchGetAccountStatus': listCall<InspectorStatus>({
    where: 'region',
    async list(caller) {
      const { BatchGetAccountStatusCommand, Inspector2Client } = await import('@aws-sdk/client-inspector2');
      const client = caller.clients.of(Inspector2Client, caller.region);
      const answer = await unlessNotConfigured(['ResourceNotFoundException'], () =>
        client.send(new BatchGetAccountStatusCommand({ accountIds: [caller.accountId] })),
      );
      return (answer?.accounts ?? []).map(({ resourceState }) => ({
        id: arnOf(caller, 'inspector2', 'account'),
        types: Object.fromEntries(
          Object.entries(resourceState ?? {}).map(([type, state]) => [type, state?.status ?? 'DISABLED']),
        ),
      }));
    },
  }),
};
