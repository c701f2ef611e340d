import { Command } from 'commander';
import { outputOption } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';

export function coverageCommand(): Command {
  const command = new Command('coverage').description(
    'which attacks (MITRE ATT&CK) the detections of the accounts would notice',
  );
  command.addCommand(mapCommand());
  return command;
}

function mapCommand(): Command {
  return new Command('map')
    .description('rank the techniques that rules see, from a file; needs no account and no database')
    .argument('<file>', 'JSON lines, a rule each: id, provider, events')
    .addOption(outputOption(['table', 'json', 'jsonl']))
    .addHelpText(
      'after',
      `
A line: {"id": "r1", "provider": "aws", "events": [{"source": "s3.amazonaws.com", "name": "DeleteBucket"}]}

Examples:
  $ vedette coverage map rules.jsonl -o jsonl
  $ vedette coverage map rules.jsonl`,
    )
    .action(async (file: string, options: OutputOptions) => {
      const [{ rankTechniques, rulesOf }, { attackOf }, { renderList }] = await Promise.all([
        import('../../coverage/mapping/rules-file.ts'),
        import('../../coverage/attack.ts'),
        import('../output/render.ts'),
      ]);
      async function* ranked() {
        for await (const rule of rulesOf(file)) yield rankTechniques(rule);
      }
      const { byId } = attackOf();
      const shown = (index: number) => ({
        header: ['FIRST', 'SECOND', 'THIRD'][index] as string,
        value: ({ techniques }: ReturnType<typeof rankTechniques>) => {
          const technique = techniques[index];
          if (technique === undefined) return '';
          return `${technique.id} ${byId.get(technique.id)?.name ?? ''} (${technique.score})`;
        },
        least: 16,
      });
      await renderList(options, {
        rows: ranked(),
        columns: [{ header: 'RULE', value: ({ id }) => id }, shown(0), shown(1), shown(2)],
        json: (rules) => ({ rules }),
        empty: 'No rules.',
      });
    });
}
