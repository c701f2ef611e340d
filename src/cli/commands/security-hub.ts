import { Command } from 'commander';
import { ExitCode } from '../../errors.ts';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import type { FilterOptions } from '../filters.ts';
import { levelsOption, listOption, moment, outputOption } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { withStore } from '../with-store.ts';

interface HandOverOptions extends FilterOptions, OutputOptions {
  account: readonly string[];
  resolvedSince?: string;
  dryRun?: true;
}

/** Findings of an account in one region, and what became of them; in a trial they wait. */
interface Row {
  accountId: string;
  region: string;
  waiting: number;
  accepted: number;
  refused: number;
  reasons: readonly string[];
}

export function securityHubCommand(): Command {
  return new Command('security-hub')
    .description(
      'hand events to Security Hub of their accounts, as findings; what is resolved is archived there',
    )
    .addOption(listOption('--account <name|id>', 'of these accounts').makeOptionMandatory())
    .addOption(levelsOption())
    .addOption(listOption('--service <service>', 'of these services, e.g. s3,ec2'))
    .addOption(listOption('--region <region>', 'of these regions'))
    .addOption(listOption('--source <source>', 'found by these sources, e.g. checks'))
    .addOption(listOption('--check <id>', 'of these checks'))
    .option('--resolved-since <when>', 'also those that were resolved since then; default 30d', moment)
    .option('--dry-run', 'say how many would be sent, and to which region; send nothing')
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Active and suppressed events become findings, or bring those up to date that are there. Events without a region go to
us-east-1. The identity needs securityhub:BatchImportFindings, which no scan needs.

Examples:
  $ vedette notify security-hub --account production --dry-run
  $ vedette notify security-hub --account production,staging --source checks --level critical,high
  $ vedette notify security-hub --account 123456789012 --resolved-since 7d -o json

Exit codes: 5 when Security Hub did not take some of them, 1 when it took none.`,
    )
    .action(async (options: HandOverOptions, self: Command) => {
      const context = await openContext(self);
      const rows = await handedOver(context, options);
      const { renderList } = await import('../output/render.ts');
      await renderList<Row>(options, {
        rows,
        columns: [
          { header: 'ACCOUNT', value: (row) => row.accountId },
          { header: 'REGION', value: (row) => row.region },
          { header: 'WAITING', value: (row) => row.waiting },
          { header: 'ACCEPTED', value: (row) => row.accepted },
          { header: 'REFUSED', value: (row) => row.refused },
          { header: 'REASON', value: (row) => row.reasons[0] ?? null },
        ],
        json: (all) => all,
        empty: 'There is nothing to hand over.',
      });
      if (rows.every(({ refused }) => refused === 0)) return;
      const someAccepted = rows.some(({ accepted }) => accepted > 0);
      process.exitCode = someAccepted ? ExitCode.SomeFailed : ExitCode.Failed;
    });
}

async function handedOver(context: CommandContext, options: HandOverOptions): Promise<Row[]> {
  const [
    { listTargets },
    { matchAccounts },
    { openAccess },
    { openClients },
    { SharedLimits },
    hub,
    filters,
    stored,
  ] = await Promise.all([
    import('../../accounts/targets.ts'),
    import('../../accounts/select.ts'),
    import('../../accounts/open-access.ts'),
    import('../../aws/clients.ts'),
    import('../../aws/shared-limits.ts'),
    import('../../notify/security-hub.ts'),
    import('../filters.ts'),
    import('../../store/events/suppressions.ts'),
  ]);
  const { config, signal } = context;
  const { organizationId } = config.general;
  const { account: names, resolvedSince = moment('30d'), dryRun = false, ...more } = options;
  const rows: Row[] = [];
  await withStore(context, async (store) => {
    await stored.endExpiredSuppressions(store, new Date());
    const from = { config, store: () => Promise.resolve(store) };
    const known = await listTargets(organizationId, from, names);
    const filter = await filters.storeFilter(store, config, more);
    const limits = new SharedLimits();
    for (const target of names.flatMap((name) => matchAccounts(known, name).slice(0, 1))) {
      const access = await openAccess(target, organizationId, from);
      const allowed = hub.SECURITY_HUB_CALLS;
      const clients = openClients({ access, account: target.name, allowed, limits, signal });
      try {
        const home = access.region ?? config.aws.region ?? 'us-east-1';
        const accountId = await hub.accountBehind(clients, home).catch((cause: unknown) => {
          signal.throwIfAborted();
          throw access.explain(cause);
        });
        tell(`${target.name}: account ${accountId}`);
        const findings = hub.findingsOf(store, { ...filter, accountIds: [accountId] }, resolvedSince);
        if (dryRun) {
          for (const [region, waiting] of await hub.countFindings(findings))
            rows.push({ accountId, region, waiting, accepted: 0, refused: 0, reasons: [] });
        } else {
          for (const one of await hub.handOver(clients, findings))
            rows.push({ accountId, ...one, waiting: 0 });
        }
      } finally {
        clients.close();
      }
    }
  });
  return rows;
}
