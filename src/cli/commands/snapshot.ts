import { Command } from 'commander';
import { fieldsOption, listOption, outputOption } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';

export function snapshotCommand(): Command {
  const command = new Command('snapshot').description('what scans of source checks have collected');
  command
    .command('evaluate')
    .description("judge a snapshot with today's checks, offline and without a database")
    .argument('<file>', 'a snapshot, *.jsonl.gz')
    .addOption(listOption('--check <id>', 'of these checks'))
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Example:
  $ vedette snapshot evaluate snapshot.jsonl.gz -o jsonl`,
    )
    .action(async (file: string, { check, ...options }: { check?: string[] } & OutputOptions) => {
      const [{ judgeSnapshot }, { renderVerdicts }] = await Promise.all([
        import('../../sources/checks/interpret.ts'),
        import('../output/verdicts.ts'),
      ]);
      const { verdicts } = await judgeSnapshot(file);
      await renderVerdicts(
        options,
        verdicts,
        ({ checkId }) => check === undefined || check.includes(checkId),
      );
    });
  return command;
}
