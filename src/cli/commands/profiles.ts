import { Command } from 'commander';
import { tellWarnings } from '../aws-warnings.ts';
import { openContext } from '../command-context.ts';
import { fieldsOption, outputOption } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';

export function profilesCommand(): Command {
  const command = new Command('profiles').description('the accounts that can be scanned');
  command
    .command('list')
    .description('the profiles of the AWS configuration, their account ids and last scans')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
The configuration is read from ~/.aws/config and ~/.aws/credentials, or from AWS_CONFIG_FILE and
AWS_SHARED_CREDENTIALS_FILE. An account id is shown where the configuration names it or a scan has told it.`,
    )
    .action(async (options: OutputOptions, self: Command) => {
      const { config, logger } = await openContext(self);
      const [
        { loadAwsConfiguration, profilesOf },
        { openMigratedStore },
        { lastScanPerAccount },
        { renderList },
      ] = await Promise.all([
        import('../../accounts/profiles.ts'),
        import('../../store/database/open.ts'),
        import('../../store/scans/scans.ts'),
        import('../output/render.ts'),
      ]);
      const configuration = await loadAwsConfiguration(config);
      tellWarnings(configuration);
      const store = await openMigratedStore(config, logger);
      try {
        const scans = await lastScanPerAccount(store, { organizationId: config.general.organizationId });
        const rows = profilesOf(configuration).map(({ profile, accountId }) => {
          const [scan] = scans
            .filter(
              (last) => last.profile === profile || (accountId !== null && last.accountId === accountId),
            )
            .toSorted((one, other) => (one.scanTime < other.scanTime ? 1 : -1));
          return {
            profile,
            accountId: accountId ?? scan?.accountId ?? null,
            lastScan: scan?.scanTime ?? null,
          };
        });
        await renderList(options, {
          rows,
          columns: [
            { header: 'PROFILE', value: (row) => row.profile, least: 12 },
            { header: 'ACCOUNT', value: (row) => row.accountId, name: 'accountId' },
            { header: 'LAST SCAN', value: (row) => row.lastScan, shows: 'time' },
          ],
          json: (all) => ({ profiles: all }),
          empty: 'The AWS configuration has no profiles. Make one with: aws configure sso',
        });
      } finally {
        await store.close();
      }
    });
  return command;
}
