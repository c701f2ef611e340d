import { allOf, arnOf, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

/** The catalogue of a region. */
export interface DataCatalogue {
  id: string;
  encryptionMode: string;
}

export interface GlueDatabase {
  id: string;
}

export interface GlueJob {
  id: string;
  name: string;
  securityConfiguration: string | null;
  /** What the job is told to encrypt with, where it has no configuration: `sse-s3`. */
  encryptionArgument: string | null;
}

export interface GlueSecurityConfiguration {
  id: string;
  name: string;
  /** For each kind of bucket. */
  s3Modes: readonly string[];
}

async function glue({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-glue');
  return { ...sdk, client: clients.of(sdk.GlueClient, region) };
}

export const glueCalls = {
  'glue:GetDataCatalogEncryptionSettings': listCall<DataCatalogue>({
    where: 'region',
    async list(caller) {
      const { client, GetDataCatalogEncryptionSettingsCommand } = await glue(caller);
      const { DataCatalogEncryptionSettings: settings } = await client.send(
        new GetDataCatalogEncryptionSettingsCommand({}),
      );
      const encryptionMode = settings?.EncryptionAtRest?.CatalogEncryptionMode ?? 'DISABLED';
      return [{ id: arnOf(caller, 'glue', 'catalog'), encryptionMode }];
    },
  }),

  'glue:GetDatabases': listCall<GlueDatabase>({
    where: 'region',
    async list(caller) {
      const { client, paginateGetDatabases } = await glue(caller);
      const databases = await allOf(paginateGetDatabases({ client }, {}), (page) => page.DatabaseList);
      return databases.map(({ Name }) => ({ id: arnOf(caller, 'glue', `database/${Name}`) }));
    },
  }),

  'glue:GetJobs': listCall<GlueJob>({
    where: 'region',
    async list(caller) {
      const { client, paginateGetJobs } = await glue(caller);
      const jobs = await allOf(paginateGetJobs({ client }, {}), (page) => page.Jobs);
      return jobs.map(({ Name = '', SecurityConfiguration, DefaultArguments = {} }) => ({
        id: arnOf(caller, 'glue', `job/${Name}`),
        name: Name,
        securityConfiguration: SecurityConfiguration || null,
        // Arguments may hold anything: the others stay where they are.
        encryptionArgument: DefaultArguments['--encryption-type'] ?? null,
      }));
    },
  }),

  'glue:GetSecurityConfigurations': listCall<GlueSecurityConfiguration>({
    where: 'region',
    async list(caller) {
      const { client, paginateGetSecurityConfigurations } = await glue(caller);
      const pages = paginateGetSecurityConfigurations({ client }, {});
      const configurations = await allOf(pages, (page) => page.SecurityConfigurations);
      return configurations.map(({ Name = '', EncryptionConfiguration }) => ({
        id: arnOf(caller, 'glue', `security-configuration/${Name}`),
        name: Name,
        s3Modes: (EncryptionConfiguration?.S3Encryption ?? []).map(
          (one) => one.S3EncryptionMode ?? 'DISABLED',
        ),
      }));
    },
  }),
};
