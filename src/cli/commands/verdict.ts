import { Command, Option } from 'commander';
import { VedetteError } from '../../errors.ts';
import { openContext } from '../command-context.ts';
import { withKeptResults } from '../kept-results.ts';
import { fieldsOption, listOption, wholeNumber } from '../options.ts';
import { verdictOutputOption } from '../output/verdicts.ts';
import type { VerdictOutput } from '../output/verdicts.ts';
import { readStore } from '../read-store.ts';

const VERDICTS = ['pass', 'fail', 'unknown'] as const;

interface ListOptions extends VerdictOutput {
  account: string;
  scan?: number;
  check?: string[];
  verdict?: (typeof VERDICTS)[number];
}

export function verdictCommand(): Command {
  const command = new Command('verdict').description('what checks say of each resource');
  command
    .command('list')
    .description("what each check says of each resource, by an account's newest scan or another one")
    .requiredOption('--account <id|name>', 'of this account')
    .option('--scan <n>', 'by this scan', wholeNumber(1))
    .addOption(listOption('--check <id>', 'of these checks'))
    .addOption(new Option('--verdict <verdict>', 'only these').choices(VERDICTS))
    .addOption(verdictOutputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
They are made of the snapshot that is kept with the scan, by today's checks and thresholds.

Examples:
  $ vedette verdict list --account production --verdict unknown
  $ vedette verdict list --account production --check s3-bucket-public -o jsonl
  $ vedette verdict list --account production -o ocsf > verdicts.ocsf.jsonl`,
    )
    .action(async (options: ListOptions, self: Command) => {
      const context = await openContext(self);
      const { config } = context;
      const [
        { checks },
        { judgeSnapshot },
        { assertKnownChecks },
        { storeFilter },
        { lastScanPerAccount, loadScanOutcome },
        { renderVerdicts },
      ] = await Promise.all([
        import('../../sources/checks/index.ts'),
        import('../../sources/checks/interpret.ts'),
        import('../../sources/checks/plan.ts'),
        import('../filters.ts'),
        import('../../store/scans/scans.ts'),
        import('../output/verdicts.ts'),
      ]);
      const { organizationId } = config.general;
      const scan = await readStore(context, async (store) => {
        const account = { account: [options.account] };
        const { accountIds = [] } = await storeFilter(store, config, account);
        if (options.scan !== undefined) {
          const named = await loadScanOutcome(store, organizationId, options.scan);
          return accountIds.includes(named.accountId) && named.source === checks.id ? named : undefined;
        }
        const [newest] = await lastScanPerAccount(store, {
          organizationId,
          accountIds,
          sources: [checks.id],
        });
        return newest;
      });
      if (scan === undefined || scan.scanId === null) {
        const which =
          options.scan === undefined ? `no scan by ${checks.id}` : `no scan ${options.scan} by ${checks.id}`;
        throw new VedetteError('not-found', `There is ${which} of ${options.account}.`, {
          remedy: `vedette scan run --account ${options.account} --source ${checks.id} makes one.`,
        });
      }
      const { source, accountId, scanId } = scan;
      await withKeptResults(context, { organizationId, source, accountId, scanId }, async (file) => {
        const judged = await judgeSnapshot(file, config.checks);
        assertKnownChecks(options.check ?? [], judged.checks);
        await renderVerdicts(
          options,
          judged,
          ({ checkId, verdict }) =>
            (options.check?.includes(checkId) ?? true) &&
            (options.verdict === undefined || options.verdict === verdict),
        );
      });
    });
  return command;
}
