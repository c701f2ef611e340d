import { Command } from 'commander';
import { tellWarnings } from '../aws-warnings.ts';
import { openContext } from '../command-context.ts';
import { fieldsOption, outputOption } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';

export function profilesCommand(): Command {
  const command = new Command('profiles').description('the accounts that can be scanned');
  command
    .command('list')
    .description(
      'the profiles of the AWS configuration, their account ids, last scans, and how much of them is known',
    )
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
        { profileTarget },
        { accountOverviews, knownOfAccounts },
        { accountReasons },
        { openMigratedStore },
        { renderList },
      ] = await Promise.all([
        import('../../accounts/profiles.ts'),
        import('../../accounts/select.ts'),
        import('../../accounts/overview.ts'),
        import('../../model/account-health.ts'),
        import('../../store/database/open.ts'),
        import('../output/render.ts'),
      ]);
      const configuration = await loadAwsConfiguration(config);
      tellWarnings(configuration);
      const targets = profilesOf(configuration).map(profileTarget);
      const store = await openMigratedStore(config, logger);
      try {
        const known = await knownOfAccounts(store, config.general.organizationId);
        const accounts = accountOverviews({ targets, planned: [], ...known }, new Date());
        const rows = accounts
          .slice(0, targets.length)
          .map(({ profile, accountId, lastScan, health, sources }) => ({
            profile,
            accountId,
            lastScan: lastScan?.scanTime ?? null,
            health,
            notKnown: accountReasons(sources),
          }));
        await renderList(options, {
          rows,
          columns: [
            { header: 'PROFILE', value: (row) => row.profile, least: 12 },
            { header: 'ACCOUNT', value: (row) => row.accountId, name: 'accountId' },
            { header: 'LAST SCAN', value: (row) => row.lastScan, shows: 'time' },
            { header: 'HEALTH', value: (row) => row.health, shows: 'state' },
            {
              header: 'NOT KNOWN',
              value: (row) => row.notKnown.join('; '),
              name: 'notKnown',
              least: 16,
              rank: 1,
            },
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
