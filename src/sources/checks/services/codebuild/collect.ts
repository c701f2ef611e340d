import { allOf, allPartsOf, inGroups, listCall } from '../../../../collect/call.ts';
import { secretsAmong } from '../../secrets.ts';
import type { FoundSecret } from '../../secrets.ts';

export interface BuildProject {
  id: string;
  name: string;
  privileged: boolean;
  /** Where logs go: `CloudWatch`, `S3`. */
  logs: readonly string[];
  secrets: readonly FoundSecret[];
}

const PROJECTS_AT_ONCE = 100;

export const codebuildCalls = {
  'codebuild:BatchGetProjects': listCall<BuildProject>({
    where: 'region',
    sends: ['codebuild:ListProjects', 'codebuild:BatchGetProjects'],
    permissions: ['codebuild:ListProjects', 'codebuild:BatchGetProjects'],
    async list({ clients, region }) {
      const sdk = await import('@aws-sdk/client-codebuild');
      const client = clients.of(sdk.CodeBuildClient, region);
      const names = await allOf(sdk.paginateListProjects({ client }, {}), (page) => page.projects);
      const projects = await allPartsOf(inGroups(names, PROJECTS_AT_ONCE), async (group) => {
        const answer = await client.send(new sdk.BatchGetProjectsCommand({ names: group }));
        return answer.projects ?? [];
      });
      return projects.map(({ arn = '', name = '', environment, logsConfig }) => {
        const plain = (environment?.environmentVariables ?? []).filter(
          ({ type = 'PLAINTEXT' }) => type === 'PLAINTEXT',
        );
        return {
          id: arn,
          name,
          privileged: environment?.privilegedMode ?? false,
          logs: [
            ...(logsConfig?.cloudWatchLogs?.status === 'ENABLED' ? ['CloudWatch'] : []),
            ...(logsConfig?.s3Logs?.status === 'ENABLED' ? ['S3'] : []),
          ],
          secrets: secretsAmong(Object.fromEntries(plain.map((one) => [one.name ?? '', one.value]))),
        };
      });
    },
  }),
};
