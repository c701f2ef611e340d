import { Command } from 'commander';
import { openContext } from '../command-context.ts';
import { fieldsOption, outputOption } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';

export function migrateCommand(): Command {
  const command = new Command('migrate').description('the tables of the database');
  command
    .command('up')
    .description('bring the database up to date; waits while another process does')
    .action(async (_options: unknown, self: Command) => {
      const { config, logger } = await openContext(self);
      const [{ openStore }, { migrateStore }, { setUpView360 }, { write }] = await Promise.all([
        import('../../store/database/open.ts'),
        import('../../store/database/migrate.ts'),
        import('../../store/view360/set-up.ts'),
        import('../output/write.ts'),
      ]);
      const store = await openStore(config, logger);
      try {
        const applied = await migrateStore(store);
        await setUpView360(store);
        write(
          applied.length === 0
            ? 'The database is up to date.\n'
            : applied.map((name) => `applied ${name}\n`).join(''),
        );
      } finally {
        await store.close();
      }
    });
  command
    .command('status')
    .description('which migrations are applied')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(async (options: OutputOptions, self: Command) => {
      const { config, logger } = await openContext(self);
      const [{ openStore }, { migrationStatus }, { renderList }] = await Promise.all([
        import('../../store/database/open.ts'),
        import('../../store/database/migrate.ts'),
        import('../output/render.ts'),
      ]);
      const store = await openStore(config, logger);
      try {
        const { applied, pending } = await migrationStatus(store);
        await renderList(options, {
          rows: [
            ...applied.map((name) => ({ name, applied: true })),
            ...pending.map((name) => ({ name, applied: false })),
          ],
          columns: [
            { header: 'MIGRATION', value: (row) => row.name, name: 'name', least: 16 },
            { header: 'APPLIED', value: (row) => (row.applied ? 'yes' : 'no') },
          ],
          json: (migrations) => ({ migrations }),
          empty: 'No migrations.',
        });
      } finally {
        await store.close();
      }
    });
  return command;
}
