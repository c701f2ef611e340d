import { Command } from 'commander';
import { openContext } from '../command-context.ts';
import { fieldsOption, outputOption, wholeNumber } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { withStore } from '../with-store.ts';

export function sessionCommand(): Command {
  const command = new Command('session').description('browsers that are signed in to the dashboard');
  command
    .command('list')
    .description('those that are signed in now, newest first')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(listCommand);
  command
    .command('end')
    .description('sign a browser out')
    .argument('<id>', 'its id in session list', wholeNumber(1))
    .action(async (id: number, _options: unknown, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const { endSession } = await import('../../store/access/credentials.ts');
        await endSession(store, { organizationId: config.general.organizationId, id });
        tell(`Session ${id} is over.`);
      });
    });
  return command;
}

async function listCommand(options: OutputOptions, self: Command): Promise<void> {
  await withStore(await openContext(self), async (store, { config }) => {
    const [{ listSessions }, { renderList }] = await Promise.all([
      import('../../store/access/credentials.ts'),
      import('../output/render.ts'),
    ]);
    await renderList(options, {
      rows: await listSessions(store, config.general.organizationId),
      columns: [
        { header: 'ID', value: (session) => session.id },
        { header: 'NAME', value: (session) => session.name, least: 10 },
        { header: 'SCOPE', value: (session) => session.scope },
        {
          header: 'SIGNED IN',
          value: (session) => session.createdAt,
          name: 'createdAt',
          shows: 'time',
          rank: 3,
        },
        { header: 'BY', value: (session) => session.createdBy, name: 'createdBy', least: 8, rank: 4 },
        {
          header: 'EXPIRES',
          value: (session) => session.expiresAt,
          name: 'expiresAt',
          shows: 'time',
          rank: 1,
        },
        {
          header: 'LAST USED',
          value: (session) => session.lastUsedAt,
          name: 'lastUsedAt',
          shows: 'time',
          rank: 2,
        },
      ],
      json: (sessions) => ({ sessions }),
      empty: 'Nobody is signed in. Sign in with: vedette token link',
    });
  });
}
