import { Command } from 'commander';
import type { Setting, SettingGroup } from '../../config/setting.ts';
import { durationText } from '../../model/duration.ts';
import { openContext } from '../command-context.ts';
import { fieldsOption, outputOption } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';

export function configCommand(): Command {
  const command = new Command('config').description('the configuration and where it comes from');
  command
    .command('show')
    .description('every setting, its value and its origin; secrets are not shown')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(async (options: OutputOptions, self: Command) => {
      const { config, origins } = await openContext(self);
      const [{ settings }, { renderList }] = await Promise.all([
        import('../../settings.ts'),
        import('../output/render.ts'),
      ]);
      const rows = Object.entries<SettingGroup>(settings).flatMap(([group, members]) =>
        Object.entries(members).map(([name, declared]) => ({
          name: `${group}.${name}`,
          env: declared.env,
          value: shown(
            declared,
            (config as unknown as Record<string, Record<string, unknown>>)[group]?.[name],
          ),
          origin: origins[`${group}.${name}`] ?? 'default',
        })),
      );
      await renderList(options, {
        rows,
        columns: [
          { header: 'SETTING', value: (row) => row.name, name: 'name', least: 16, rank: 2 },
          { header: 'VARIABLE', value: (row) => row.env, name: 'env', least: 16 },
          {
            header: 'VALUE',
            value: ({ name, value }) =>
              name.endsWith('Ms') && value !== null ? durationText(Number(value)) : value,
            least: 12,
          },
          { header: 'FROM', value: (row) => row.origin, name: 'origin', least: 7, rank: 1 },
        ],
        json: (all) => ({ settings: all }),
        empty: 'No settings.',
      });
    });
  command
    .command('validate')
    .description('check the configuration; exit code 2 when something in it is wrong')
    .action(async (_options: unknown, self: Command) => {
      const { config } = await openContext(self);
      const [{ checkMailSettings }, { enabledChannels }, { write }] = await Promise.all([
        import('../../notify/deliver.ts'),
        import('../../notify/channels/open.ts'),
        import('../output/write.ts'),
      ]);
      if (config.mail.enabled) checkMailSettings(config);
      enabledChannels(config);
      write('The configuration is valid.\n');
    });
  return command;
}

function shown({ secret }: Setting, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (secret === true) return '(set)';
  return Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : JSON.stringify(value);
}
