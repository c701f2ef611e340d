import { Command } from 'commander';
import { defaultExpiry, ruleText } from '../../model/suppression.ts';
import type { SuppressionKind } from '../../model/suppression.ts';
import { openContext } from '../command-context.ts';
import {
  deadline,
  fieldsOption,
  outputOption,
  suppressionEndOption,
  suppressionKindOption,
  wholeNumber,
} from '../options.ts';
import type { OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { personAtThisMachine } from '../person.ts';
import { withStore } from '../with-store.ts';

interface Why {
  reason: string;
  owner?: string;
  kind: SuppressionKind;
  until?: string | null;
}

export function suppressionCommand(): Command {
  const command = new Command('suppression').description('what is not to be heard of, why, and until when');
  command
    .command('list')
    .description('the suppressions that are in force, those that end first first')
    .option('--ending <when>', 'only those that end until then: 2026-12-31, 14d', deadline)
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(listCommand);
  command
    .command('add')
    .description('suppress by a rule: active events that it meets, now and after each scan')
    .option('--check <check>', 'of this check')
    .option('--account <id>', 'of this account, twelve digits')
    .option('--resource <pattern>', 'whose resource has this id or name; * stands for anything')
    .option('--tag <key=value>', 'whose resource has this tag; * in the value stands for anything')
    .requiredOption('--reason <text>', 'why')
    .option('--owner <name>', 'who answers for it; default is who runs this')
    .addOption(suppressionKindOption().default('accepted-risk'))
    .addOption(suppressionEndOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette suppression add --check s3-bucket-no-logging --resource 'scratch-*' --reason "emptied every night" --until 180d
  $ vedette suppression add --tag env=sandbox --reason "nobody's data" --until 365d`,
    )
    .action(addCommand);
  command
    .command('edit')
    .description('change what is said of a suppression; its events stay suppressed')
    .argument('<id>', 'its id in suppression list', wholeNumber(1))
    .option('--reason <text>', 'why')
    .option('--owner <name>', 'who answers for it')
    .addOption(suppressionKindOption())
    .addOption(suppressionEndOption())
    .action(async (id: number, { until, ...change }: Partial<Why>, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const { changeSuppression } = await import('../../store/events/suppression-list.ts');
        const changed = await changeSuppression(store, config.general.organizationId, id, {
          ...change,
          ...(until === undefined ? {} : { expiresAt: until }),
        });
        tell(`Suppression ${id} ends ${changed.expiresAt ?? 'never'}.`);
      });
    });
  command
    .command('end')
    .description('end a suppression: its events are active again')
    .argument('<id>', 'its id in suppression list', wholeNumber(1))
    .action(async (id: number, _options: object, self: Command) => {
      await withStore(await openContext(self), async (store, { config, signal }) => {
        const { endSuppression } = await import('../../store/events/suppression-list.ts');
        const { organizationId } = config.general;
        const { events } = await endSuppression(store, organizationId, id, personAtThisMachine(), signal);
        tell(`Suppression ${id} has ended; events that are active again: ${events}.`);
      });
    });
  return command;
}

async function listCommand(
  { ending, ...options }: { ending?: string } & OutputOptions,
  self: Command,
): Promise<void> {
  await withStore(await openContext(self), async (store, { config }) => {
    const [{ listSuppressions }, { endExpiredSuppressions }, { renderList }] = await Promise.all([
      import('../../store/events/suppression-list.ts'),
      import('../../store/events/suppressions.ts'),
      import('../output/render.ts'),
    ]);
    await endExpiredSuppressions(store, new Date());
    const wanted = ending === undefined ? {} : { endingBefore: ending };
    await renderList(options, {
      rows: await listSuppressions(store, config.general.organizationId, wanted),
      columns: [
        { header: 'ID', value: ({ id }) => id },
        { header: 'KIND', value: ({ kind }) => kind },
        { header: 'ENDS', value: ({ expiresAt }) => expiresAt ?? 'never' },
        { header: 'EVENTS', value: ({ events }) => events },
        { header: 'OWNER', value: ({ owner }) => owner },
        { header: 'MEETS', value: ({ rule }) => ruleText(rule) },
        { header: 'REASON', value: ({ reason }) => reason },
      ],
      json: (suppressions) => ({ suppressions }),
      empty: 'Nothing is suppressed.',
    });
  });
}

interface RuleOptions extends Why {
  check?: string;
  account?: string;
  resource?: string;
  tag?: string;
}

async function addCommand(options: RuleOptions, self: Command): Promise<void> {
  await withStore(await openContext(self), async (store, { config, signal }) => {
    const { addSuppressionRule } = await import('../../store/events/suppression-rules.ts');
    const by = personAtThisMachine();
    const { reason, kind, owner = by, until: expiresAt = defaultExpiry() } = options;
    const rule = {
      checkId: options.check ?? null,
      accountId: options.account ?? null,
      resource: options.resource ?? null,
      tag: options.tag ?? null,
    };
    const order = { reason, kind, owner, expiresAt, by };
    const { organizationId } = config.general;
    const { suppressionId, events } = await addSuppressionRule(store, organizationId, rule, order, signal);
    tell(`Suppression ${suppressionId} ends ${expiresAt ?? 'never'}; events that it meets now: ${events}.`);
  });
}
