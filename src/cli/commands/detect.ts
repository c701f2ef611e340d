import { Command } from 'commander';
import { ExitCode } from '../../errors.ts';
import { keepHeapSmall } from '../../processes/heap.ts';
import { openContext } from '../command-context.ts';
import { fieldsOption, listOption, outputOption } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';

interface DetectOptions extends OutputOptions {
  detectors?: string[];
  fail?: boolean;
}

export function detectCommand(): Command {
  return new Command('detect')
    .description('look for sensitive data in local files; no server, no database, no network')
    .argument('<path...>', 'files, and folders with all that is in them')
    .addOption(listOption('--detectors <ids>', 'with these detectors; all for every one'))
    .option('--fail', 'exit 3 when something was found')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Looks into archives and documents too: gzip, zip, tar, zstd, Parquet, Avro, xlsx, docx, PDF. What is found is shown
masked. Exit codes: 0 done, 3 found with --fail, 5 a file could not be read whole.

Examples:
  $ vedette detect export.csv
  $ vedette detect . --detectors ssn,credit_card --fail
  $ vedette detect backup/ --detectors all -o jsonl`,
    )
    .action(async (paths: string[], options: DetectOptions, command: Command) => {
      keepHeapSmall();
      const context = await openContext(command);
      const { detectLocally } = await import('../detect-locally.ts');
      const { found, failed } = await detectLocally(paths, options, context);
      if (found > 0 && options.fail === true) process.exitCode = ExitCode.LevelReached;
      else if (failed > 0) process.exitCode = ExitCode.SomeFailed;
    });
}
