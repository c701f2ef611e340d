import { Command, Option } from 'commander';
import { AUDIT_OUTCOMES } from '../../model/audit.ts';
import type { AuditEntry, AuditFilter } from '../../model/audit.ts';
import { openContext } from '../command-context.ts';
import type { PageOptions } from '../filters.ts';
import { fieldsOption, moment, outputOption, wholeNumber } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { readStore } from '../read-store.ts';

type ListOptions = AuditFilter & PageOptions & OutputOptions;

export function auditCommand(): Command {
  const command = new Command('audit').description('who has changed what, or tried to');
  command
    .command('list')
    .description('the entries of the audit log, newest first')
    .option('--actor <text>', 'with this in the name of who did it')
    .option('--action <text>', 'with this in what was done, e.g. suppress')
    .option('--target <text>', 'with this in what it was done to, e.g. tokens/17')
    .addOption(new Option('--outcome <outcome>', 'what came of it').choices(AUDIT_OUTCOMES))
    .option('--since <when>', 'since then: 2026-11-22, 36h, 7d', moment)
    .option('--until <when>', 'before then', moment)
    .option('--limit <n>', 'at most this many; 0 for all', wholeNumber(0), 100)
    .option('--cursor <cursor>', 'go on where an earlier list ended (its nextCursor)')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette audit list --action suppress --since 7d
  $ vedette audit list --limit 0 -o csv > audit.csv`,
    )
    .action(listCommand);
  return command;
}

async function listCommand(options: ListOptions, self: Command): Promise<void> {
  const context = await openContext(self);
  const [{ listAudit }, { pages }, { renderList }] = await Promise.all([
    import('../../store/access/audit.ts'),
    import('../filters.ts'),
    import('../output/render.ts'),
  ]);
  let nextCursor: string | null = null;
  const render = (rows: Iterable<AuditEntry> | AsyncIterable<AuditEntry>) =>
    renderList<AuditEntry>(options, {
      rows,
      columns: [
        { header: 'ID', value: ({ id }) => id, rank: 3 },
        { header: 'WHEN', value: ({ at }) => at, name: 'at', shows: 'time' },
        { header: 'WHO', value: ({ actor }) => actor, name: 'actor', least: 10 },
        { header: 'WHAT', value: ({ action }) => action, name: 'action', least: 10 },
        { header: 'OF WHAT', value: ({ target }) => target, name: 'target', least: 10, rank: 1 },
        { header: 'OUTCOME', value: ({ outcome }) => outcome, shows: 'state', rank: 2 },
        { header: 'BEFORE', value: ({ details }) => jsonOf(details['before']), wide: true },
        { header: 'AFTER', value: ({ details }) => jsonOf(details['after']), wide: true },
      ],
      json: (entries) => ({ entries, nextCursor }),
      empty: 'No entry of the audit log matches.',
    });
  const found = await readStore(context, async (store) => {
    const { organizationId } = context.config.general;
    await render(
      pages(
        options,
        async (page) => {
          const { entries, nextCursor: next } = await listAudit(store, organizationId, page, options);
          return { rows: entries, nextCursor: next };
        },
        (cursor) => (nextCursor = cursor),
      ),
    );
    return true;
  });
  if (found === undefined) await render([]);
  if (options.output === 'table' && nextCursor !== null)
    tell(`There are more: --cursor ${String(nextCursor)} goes on, --limit 0 gives all.`);
}

function jsonOf(value: unknown): string {
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
